package dev.certtide.kit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The variables that the stack gives to a function.
 *
 * @param variables names and values, as {@link System#getenv()} has them
 */
public record Environment(Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /**
     * A variable that the function can't work without.
     *
     * @throws IllegalStateException when it is not set
     */
    public String required(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The environment variable " + name + " is not set; deploy the function with the stack"));
    }

    /** A variable that may be left out; blank counts as left out. */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** The names only: values may be credentials. */
    @Override
    public String toString() {
        return "Environment" + new TreeSet<>(variables.keySet());
    }
}
