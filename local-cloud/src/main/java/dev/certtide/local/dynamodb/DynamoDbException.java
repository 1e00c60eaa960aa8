package dev.certtide.local.dynamodb;

/** DynamoDB answered with an error. */
public final class DynamoDbException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The error code without its namespace, such as {@code ResourceInUseException}. */
    private final String code;

    DynamoDbException(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
