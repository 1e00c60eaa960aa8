package dev.certtide.local.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

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

    /** Bytes that count: name, type and value, binary ones decoded ("Amazon SQS message quotas"). */
    public int size(String name) {
        int length = isBinary() ? Base64.getDecoder().decode(value).length : utf8(value);
        return utf8(name) + utf8(dataType) + length;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
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
