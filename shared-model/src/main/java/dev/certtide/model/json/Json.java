package dev.certtide.model.json;

import dev.certtide.model.InvalidInputException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * JSON text to records and back. Fields that a record does not know are passed over.
 *
 * <p>Whatever is wrong with a text is told by {@link InvalidInputException} and nothing else.
 */
public final class Json {
    private static final Jsonb JSONB = Jsonb.builder().build();
    private static final Map<Type, JsonType<?>> TYPES = new ConcurrentHashMap<>();

    private Json() {}

    /** Reads one value of {@code type}. */
    public static <T> T read(Class<T> type, String text) {
        return type.cast(read((Type) type, text));
    }

    /** Reads one value of a type with parameters. */
    public static Object read(Type type, String text) {
        JsonText.check(text);
        return read(() -> typeOf(type).fromJson(text));
    }

    /** Reads one value of {@code type} from a tree as {@link #readTree} gives it. */
    public static <T> T fromTree(Class<T> type, Object tree) {
        return type.cast(read(() -> typeOf(type).fromObject(tree)));
    }

    private static Object read(Supplier<Object> reading) {
        Object value;
        try {
            value = reading.get();
        } catch (InvalidInputException invalid) {
            throw invalid;
        } catch (RuntimeException invalid) {
            // The parser's own, and whatever a record's constructor throws at values that nobody thought of.
            throw new InvalidInputException("", "is not the JSON that is expected here: " + complaint(invalid));
        }
        if (value == null) {
            throw new InvalidInputException("", "is empty; a JSON value is expected");
        }
        return value;
    }

    /** Reads any JSON into maps, lists, strings, numbers and booleans. */
    public static Object readTree(String text) {
        return read(Object.class, text);
    }

    /** Writes a record, or a tree as {@link #readTree} gives it. */
    public static String write(Object value) {
        var isTree = value instanceof Map || value instanceof List;
        return write(isTree ? Object.class : value.getClass(), value);
    }

    /** Writes a value of a type with parameters. */
    public static String write(Type type, Object value) {
        return typeOf(type).toJson(value);
    }

    // Generated enum adapters fill static maps in their constructors: only one thread may build adapters at a time.
    @SuppressWarnings("unchecked")
    static JsonType<Object> typeOf(Type type) {
        var known = TYPES.get(type);
        if (known == null) {
            synchronized (JSONB) {
                known = JSONB.type(type);
                TYPES.put(type, known);
            }
        }
        return (JsonType<Object>) known;
    }

    /** The parser's complaint without the text around the place, which may hold what must not reach a log. */
    private static String complaint(RuntimeException invalid) {
        var message = invalid.getMessage();
        return message == null ? "malformed" : message.split(", following: |\\R", 2)[0];
    }
}
