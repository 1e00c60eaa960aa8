package dev.certtide.model;

/**
 * Whom a watch belongs to: the sender's own identifier of its user, opaque to us.
 *
 * @param id 1..128 printable characters without {@code #}, which separates the parts of table keys
 */
public record Owner(String id) {
    /** Who owns what is published without an owner. */
    public static final Owner DEFAULT = new Owner("default");

    private static final int LONGEST = 128;

    public Owner {
        Required.field("owner", id);
        if (id.isBlank() || id.length() > LONGEST) {
            throw new InvalidInputException("owner", "must have 1 to " + LONGEST + " characters");
        }
        if (id.chars().anyMatch(c -> Character.isISOControl(c) || c == '#')) {
            throw new InvalidInputException("owner", "must not hold control characters or #");
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
