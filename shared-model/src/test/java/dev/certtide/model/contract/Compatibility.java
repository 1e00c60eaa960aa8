package dev.certtide.model.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether a schema may take a published one's place. What we receive may only become wider: whatever was valid stays
 * valid. What we send may only become narrower, but for properties that are added: whoever reads the old one reads the new.
 */
final class Compatibility {
    /** Who writes the messages. */
    enum Writer {
        OTHERS,
        US
    }

    /** Keywords that are compared as they stand: a change is seen by a person, and a new version is published for it. */
    private static final List<String> FIXED = List.of("type", "const", "pattern", "format", "$ref", "not");

    private static final List<String> UPPER_BOUNDS = List.of("maxLength", "maxItems", "maximum", "maxProperties");
    private static final List<String> LOWER_BOUNDS = List.of("minLength", "minItems", "minimum");
    private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf");
    private static final List<String> PARTS = List.of("properties", "$defs");
    private static final List<String> OTHERWISE_COMPARED =
            List.of("required", "enum", "items", "additionalProperties", "propertyNames");
    private static final List<String> FOR_PEOPLE = List.of("$schema", "$id", "title", "description", "examples");

    private static final Set<String> KNOWN = Stream.of(
                    FIXED, UPPER_BOUNDS, LOWER_BOUNDS, ALTERNATIVES, PARTS, OTHERWISE_COMPARED, FOR_PEOPLE)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final Writer writer;
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(Writer writer) {
        this.writer = writer;
    }

    /** What breaks those who rely on the published schema, each with its path; empty if nothing does. */
    static List<String> breaks(JsonNode published, JsonNode current, Writer writer) {
        var comparison = new Compatibility(writer);
        comparison.compare("", published, current);
        return comparison.breaks;
    }

    private void compare(String path, JsonNode published, JsonNode current) {
        for (var keyword : FIXED) {
            if (!published.path(keyword).equals(current.path(keyword))) {
                say(path, keyword + " was " + published.path(keyword) + " and is " + current.path(keyword));
            }
        }
        Stream.of(published, current)
                .flatMap(schema -> schema.properties().stream())
                .map(Map.Entry::getKey)
                .filter(keyword -> !KNOWN.contains(keyword))
                .forEach(keyword -> say(path, keyword + " is compared by nobody"));
        compareBounds(path, published, current);
        compareRequired(path, published, current);
        compareEnum(path, published, current);
        compareOthers(path, published, current);
        for (var keyword : PARTS) {
            published.path(keyword).properties().forEach(property -> {
                var name = path + "/" + property.getKey();
                if (current.path(keyword).has(property.getKey())) {
                    compare(name, property.getValue(), current.path(keyword).get(property.getKey()));
                } else {
                    say(name, "is gone");
                }
            });
        }
        if (published.has("items")) {
            compare(path + "[]", published.get("items"), current.path("items"));
        }
        comparePart(path, "propertyNames", published, current);
        for (var keyword : ALTERNATIVES) {
            compareAlternatives(path, keyword, published, current);
        }
    }

    /** Where one of the two has that part, whatever is valid for the one that has not. */
    private void comparePart(String path, String keyword, JsonNode published, JsonNode current) {
        var part = path + "/" + keyword;
        if (published.has(keyword) && current.has(keyword)) {
            compare(part, published.get(keyword), current.get(keyword));
        } else if (writer == Writer.OTHERS ? current.has(keyword) : published.has(keyword)) {
            say(part, current.has(keyword) ? "is new" : "is gone");
        }
    }

    /** Properties that the schema does not name: none, any, or those of a schema. */
    private void compareOthers(String path, JsonNode published, JsonNode current) {
        var keyword = "additionalProperties";
        boolean wasClosed = isClosed(published);
        boolean isClosed = isClosed(current);
        if (wasClosed && writer == Writer.US) {
            current.path("properties").properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !published.path("properties").has(name))
                    .forEach(name -> say(path + "/" + name, "is new, where no other properties were to be expected"));
        }
        if (wasClosed != isClosed) {
            if (isClosed == (writer == Writer.OTHERS)) {
                say(path + "/" + keyword, isClosed ? "are refused" : "are there");
            }
        } else if (!isClosed) {
            comparePart(path, keyword, published, current);
        }
    }

    private static boolean isClosed(JsonNode schema) {
        var others = schema.path("additionalProperties");
        return others.isBoolean() && !others.asBoolean();
    }

    private void compareBounds(String path, JsonNode published, JsonNode current) {
        for (var keyword : UPPER_BOUNDS) {
            compareBound(path, keyword, published, current, 1);
        }
        for (var keyword : LOWER_BOUNDS) {
            compareBound(path, keyword, published, current, -1);
        }
    }

    /** @param outwards 1 if a greater bound lets more pass, -1 if a smaller one does */
    private void compareBound(String path, String keyword, JsonNode published, JsonNode current, int outwards) {
        double open = outwards * Double.POSITIVE_INFINITY;
        double was = published.path(keyword).asDouble(open);
        double is = current.path(keyword).asDouble(open);
        double widened = outwards * Double.compare(is, was);
        if (writer == Writer.OTHERS ? widened < 0 : widened > 0) {
            say(path, keyword + " was " + was + " and is " + is);
        }
    }

    private void compareRequired(String path, JsonNode published, JsonNode current) {
        var was = texts(published.path("required"));
        var is = texts(current.path("required"));
        if (writer == Writer.OTHERS ? !was.containsAll(is) : !is.containsAll(was)) {
            say(path, "required was " + was + " and is " + is);
        }
    }

    private void compareEnum(String path, JsonNode published, JsonNode current) {
        var was = texts(published.path("enum"));
        var is = texts(current.path("enum"));
        boolean breaks = writer == Writer.OTHERS
                ? !is.isEmpty() && (was.isEmpty() || !is.containsAll(was))
                : !was.isEmpty() && (is.isEmpty() || !was.containsAll(is)) && !mayGrow(path);
        if (breaks) {
            say(path, "enum was " + was + " and is " + is);
        }
    }

    /** Readers of finding codes, of why something is told, and of types of messages are to expect new ones. */
    private static boolean mayGrow(String path) {
        return path.endsWith("/findingCode") || path.endsWith("/kind") || path.endsWith("/type");
    }

    private void compareAlternatives(String path, String keyword, JsonNode published, JsonNode current) {
        if (!published.has(keyword) || !current.has(keyword)) {
            comparePart(path, keyword, published, current);
            return;
        }
        var was = published.get(keyword);
        var is = current.get(keyword);
        boolean mayGrow = writer == Writer.OTHERS;
        if (is.size() < was.size() || is.size() > was.size() && !mayGrow) {
            say(path, keyword + " had " + was.size() + " alternatives and has " + is.size());
            return;
        }
        for (int i = 0; i < was.size(); i++) {
            compare(path + "/" + keyword + "/" + i, was.get(i), is.get(i));
        }
    }

    private void say(String path, String what) {
        breaks.add((path.isEmpty() ? "/" : path) + ": " + what);
    }

    private static Set<String> texts(JsonNode array) {
        return new HashSet<>(StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }
}
