package dev.certtide.local.dynamodb;

/** DynamoDB answered with an error. */
public final class DynamoDbException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The error code without its namespace, such as {@code ResourceInUseException}. */
    private final String code;

    private final String text;

    DynamoDbException(String code, String text) {
        super(code + ": " + text);
        this.code = code;
        this.text = text;
    }

    /** The sentence without its code. */
    public String text() {
        return text;
    }

    public String code() {
        return code;
    }
}
