package dev.certtide.model.json;

import dev.certtide.model.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A JSON object of a stranger, read field by field, so that a complaint names the path of the field that is wrong.
 *
 * @param path where the object stands, empty at the top
 * @param fields what it holds
 */
public record JsonObject(String path, Map<String, Object> fields) {
    /** JSON numbers beyond are rounded on the way (RFC 8259, 6): two identifiers would become one. */
    private static final long EXACT = 1L << 53;

    /** Takes {@code value}, which stands at {@code path}, for an object. */
    @SuppressWarnings("unchecked")
    public static JsonObject of(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject(path, (Map<String, Object>) map);
        }
        throw new InvalidInputException(path, "must be a JSON object");
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** A text, where there is one. A number counts as its digits, since many backends have numeric identifiers. */
    public Optional<String> text(String name) {
        return switch (fields.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Long number when -EXACT < number && number < EXACT -> Optional.of(Long.toString(number));
            case Long _ ->
                throw new InvalidInputException(pathOf(name), "is a number of more than 53 bits; send it as a text");
            default -> throw new InvalidInputException(pathOf(name), "must be a text");
        };
    }

    /** A text that must be there. */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> new InvalidInputException(pathOf(name), "is missing"));
    }

    /** An object that must be there. */
    public JsonObject requiredObject(String name) {
        if (!has(name)) {
            throw new InvalidInputException(pathOf(name), "is missing");
        }
        return of(pathOf(name), fields.get(name));
    }

    /** A list, empty when the field is absent. */
    public List<?> list(String name) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw new InvalidInputException(pathOf(name), "must be a list: [ ... ]");
        };
    }

    /** Objects, each with its place in its path; none when the field is absent. */
    public List<JsonObject> objects(String name) {
        var list = list(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> of(pathOf(name) + "[" + i + "]", list.get(i)))
                .toList();
    }

    /** Something that a text stands for, where there is one; a complaint about the text names the field. */
    public <T> Optional<T> read(String name, Function<String, T> conversion) {
        return text(name).map(text -> {
            try {
                return conversion.apply(text);
            } catch (InvalidInputException invalid) {
                throw new InvalidInputException(pathOf(name), invalid.problem());
            }
        });
    }

    /** The same, which must be there. */
    public <T> T require(String name, Function<String, T> conversion) {
        return read(name, conversion).orElseThrow(() -> new InvalidInputException(pathOf(name), "is missing"));
    }

    /** A whole number, where there is one. */
    public Optional<Long> wholeNumber(String name) {
        return switch (fields.get(name)) {
            case null -> Optional.empty();
            case Long number -> Optional.of(number);
            case Double number
            when number == Math.rint(number) && Math.abs(number) < EXACT -> Optional.of(number.longValue());
            default -> throw new InvalidInputException(pathOf(name), "must be a whole number");
        };
    }

    /**
     * Refuses fields that nobody will look at: who writes {@code quiethours} would wait for quiet in vain.
     *
     * @param known the names that there are
     */
    public void requireOnly(String... known) {
        for (var name : fields.keySet()) {
            if (!List.of(known).contains(name)) {
                // Anything may stand there, and a path goes into logs and attributes of messages.
                var isPlain = name.matches("[A-Za-z0-9_-]{1,40}");
                throw new InvalidInputException(
                        isPlain ? pathOf(name) : path,
                        (isPlain ? "is not known here" : "has a field that is not known here") + "; there are "
                                + String.join(", ", known));
            }
        }
    }

    /** The full path of a field of this object. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
