package dev.certtide.model.json;

import dev.certtide.model.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            default -> throw new InvalidInputException(pathOf(name), "must be a list");
        };
    }

    /** The full path of a field of this object. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
