package dev.certtide.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the resolved properties of one resource. Every property must be asked for, or named as knowingly without
 * effect; {@link #done} refuses what is left over. So nothing of a template is ever ignored by mistake.
 */
final class PropertyReader {
    private final String where;
    private final String path;
    private final JsonNode node;
    private final Set<String> seen = new LinkedHashSet<>();

    static PropertyReader of(String logicalId, String type, JsonNode properties) {
        return new PropertyReader("%s (%s)".formatted(logicalId, type), "", properties);
    }

    private PropertyReader(String where, String path, JsonNode node) {
        this.where = where;
        this.path = path;
        this.node = node;
        if (!node.isObject() && !node.isMissingNode()) throw refuse(path, "is not an object");
    }

    Optional<String> text(String property) {
        return value(property).map(value -> {
            if (!value.isValueNode()) throw refuse(path(property), "is not a string");
            return value.asText();
        });
    }

    String requiredText(String property) {
        return text(property).orElseThrow(() -> refuse(path(property), "is required"));
    }

    /** An integer, which templates may also write as a string. */
    int number(String property, int otherwise, int from, int to) {
        return optionalNumber(property, from, to).orElse(otherwise);
    }

    Optional<Integer> optionalNumber(String property, int from, int to) {
        return text(property).map(value -> {
            try {
                int number = Integer.parseInt(value);
                if (number >= from && number <= to) return number;
            } catch (NumberFormatException e) {
                throw refuse(path(property), "is not a whole number: " + value);
            }
            throw refuse(path(property), "must be between %d and %d, is %s".formatted(from, to, value));
        });
    }

    boolean flag(String property, boolean otherwise) {
        return text(property)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw refuse(path(property), "is neither true nor false: " + value);
                })
                .orElse(otherwise);
    }

    /** A JSON document that is passed on as it is: a policy, a filter. It may be written as an object or as a string. */
    Optional<String> document(String property) {
        return value(property).map(value -> value.isTextual() ? value.asText() : value.toString());
    }

    List<String> texts(String property) {
        var all = new ArrayList<String>();
        value(property).ifPresent(list -> list.forEach(element -> all.add(element.asText())));
        return List.copyOf(all);
    }

    Map<String, String> map(String property) {
        var all = new LinkedHashMap<String, String>();
        value(property).ifPresent(map -> map.properties()
                .forEach(e -> all.put(e.getKey(), e.getValue().asText())));
        return all;
    }

    /** Reads a nested object with the same rigour. */
    <T> Optional<T> object(String property, Function<PropertyReader, T> read) {
        return value(property).map(value -> read(path(property), value, read));
    }

    <T> List<T> objects(String property, Function<PropertyReader, T> read) {
        var all = new ArrayList<T>();
        value(property).ifPresent(list -> {
            for (int i = 0; i < list.size(); i++) all.add(read(path(property) + "[" + i + "]", list.get(i), read));
        });
        return List.copyOf(all);
    }

    private <T> T read(String nestedPath, JsonNode value, Function<PropertyReader, T> read) {
        var nested = new PropertyReader(where, nestedPath, value);
        var result = read.apply(nested);
        nested.done();
        return result;
    }

    /** Properties that this cloud knows and that change nothing on one machine. */
    PropertyReader withoutEffect(String... properties) {
        seen.addAll(List.of(properties));
        return this;
    }

    /** @throws TemplateException naming a property that nobody asked for */
    void done() {
        for (var field : node.properties()) {
            if (!seen.contains(field.getKey())) throw refuse(path(field.getKey()), "is not supported");
        }
    }

    TemplateException refuse(String property, String reason) {
        return new TemplateException("%s: property %s %s".formatted(where, property, reason));
    }

    private Optional<JsonNode> value(String property) {
        seen.add(property);
        return Optional.ofNullable(node.get(property)).filter(value -> !value.isNull());
    }

    private String path(String property) {
        return path.isEmpty() ? property : path + "." + property;
    }
}
