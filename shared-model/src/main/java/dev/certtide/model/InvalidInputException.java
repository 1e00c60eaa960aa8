package dev.certtide.model;

/**
 * What a sender gave us can't be used. The one exception that parsing throws; its message is written for the sender.
 *
 * <p>The message never repeats a value that may hold a secret, such as a URL with a password in it.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the path of the field that is wrong, for example {@code data.url}; empty for the message as a whole
     * @param problem what is wrong and what to do about it
     */
    public InvalidInputException(String field, String problem) {
        super(field.isEmpty() ? problem : field + ": " + problem);
        this.field = field;
    }

    /** The path of the field that is wrong; empty for the message as a whole. */
    public String field() {
        return field;
    }

    /** What is wrong and what to do about it, without the field. */
    public String problem() {
        return field.isEmpty() ? getMessage() : getMessage().substring(field.length() + 2);
    }
}
