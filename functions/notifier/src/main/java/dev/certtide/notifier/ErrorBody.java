package dev.certtide.notifier;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON object in an answer, as far as it is one: whatever is missing or of another kind counts as absent.
 *
 * @param fields by name
 */
record ErrorBody(Map<?, ?> fields) {
    static ErrorBody of(String body) {
        try {
            return of(Json.readTree(body));
        } catch (InvalidInputException noJson) {
            return new ErrorBody(Map.of());
        }
    }

    private static ErrorBody of(Object value) {
        return new ErrorBody(value instanceof Map<?, ?> map ? map : Map.of());
    }

    ErrorBody object(String name) {
        return of(fields.get(name));
    }

    Optional<Long> number(String name) {
        return fields.get(name) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }
}
