package dev.certtide.model.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private static final List<String> UPPER_BOUNDS = List.of("maxLength", "maxItems", "maximum");
    private static final List<String> LOWER_BOUNDS = List.of("minLength", "minItems", "minimum");

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
        compareBounds(path, published, current);
        compareRequired(path, published, current);
        compareEnum(path, published, current);
        for (var keyword : List.of("properties", "$defs")) {
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
        compareAlternatives(path, published.path("oneOf"), current.path("oneOf"));
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

    private void compareAlternatives(String path, JsonNode published, JsonNode current) {
        boolean mayGrow = writer == Writer.OTHERS;
        if (current.size() < published.size() || current.size() > published.size() && !mayGrow) {
            say(path, "oneOf had " + published.size() + " alternatives and has " + current.size());
            return;
        }
        for (int i = 0; i < published.size(); i++) {
            compare(path + "/oneOf/" + i, published.get(i), current.get(i));
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
