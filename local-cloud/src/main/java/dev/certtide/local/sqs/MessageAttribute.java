package dev.certtide.local.sqs;

/**
 * A message attribute, which SNS and SQS share.
 *
 * @param dataType {@code String}, {@code Number} or {@code Binary}, optionally with a dot and a label; or {@code String.Array}
 * @param value the text, or base64 for {@code Binary}
 */
public record MessageAttribute(String dataType, String value) {

    public static MessageAttribute string(String value) {
        return new MessageAttribute("String", value);
    }

    public boolean isBinary() {
        return dataType.startsWith("Binary");
    }

    public boolean isNumber() {
        return dataType.equals("Number") || dataType.startsWith("Number.");
    }

    /** The data type without its label. */
    String primaryType() {
        int dot = dataType.indexOf('.');
        return dot < 0 ? dataType : dataType.substring(0, dot);
    }

    /** The label after the dot, or null as ElasticMQ wants it. */
    String labelOrNull() {
        int dot = dataType.indexOf('.');
        return dot < 0 ? null : dataType.substring(dot + 1);
    }
}
