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

    /** The same complaint about a field that stands below {@code parent}. */
    public InvalidInputException below(String parent) {
        var problem = field.isEmpty() ? getMessage() : getMessage().substring(field.length() + 2);
        return new InvalidInputException(field.isEmpty() ? parent : parent + "." + field, problem);
    }
}
