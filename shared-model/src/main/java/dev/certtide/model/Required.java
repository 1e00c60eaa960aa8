package dev.certtide.model;

import java.util.List;

/** Says which field is missing, where a record would otherwise fail later and without a name. */
public final class Required {
    private Required() {}

    /**
     * Returns {@code value}.
     *
     * @throws InvalidInputException when it is null
     */
    public static <T> T field(String name, T value) {
        if (value == null) {
            throw new InvalidInputException(name, "is missing");
        }
        return value;
    }

    /** A list that messages from before it was added do not have. */
    public static <T> List<T> orEmpty(List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }
}
