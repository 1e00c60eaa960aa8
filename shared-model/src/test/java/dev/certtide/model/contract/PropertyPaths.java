package dev.certtide.model.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The paths of all properties that a schema names, or that a message has: {@code data.findings[].code}. */
final class PropertyPaths {
    private final Set<String> paths = new TreeSet<>();

    private PropertyPaths() {}

    static Set<String> ofMessage(JsonNode message) {
        var found = new PropertyPaths();
        found.walkMessage("", message);
        return found.paths;
    }

    /** The same, with {@code *} for each name where the contract leaves names to the writer. */
    static Set<String> ofMessage(JsonNode message, Contract contract) {
        var free = ofSchema(contract).stream()
                .filter(path -> path.endsWith(".*"))
                .map(path -> path.substring(0, path.length() - 1))
                .toList();
        return ofMessage(message).stream()
                .map(path -> free.stream()
                        .filter(path::startsWith)
                        .map(prefix -> prefix + "*")
                        .findFirst()
                        .orElse(path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> ofSchema(Contract contract) {
        var found = new PropertyPaths();
        found.walkSchema("", contract.document(), contract.document());
        return found.paths;
    }

    private void walkMessage(String path, JsonNode node) {
        if (node.isArray()) {
            node.forEach(item -> walkMessage(path + "[]", item));
        }
        node.properties().forEach(property -> walkMessage(add(path, property.getKey()), property.getValue()));
    }

    private void walkSchema(String path, JsonNode schema, JsonNode document) {
        if (schema.has("$ref")) {
            var reference = schema.get("$ref").textValue().split("#", 2);
            var target = reference[0].isEmpty() ? document : new Contract(reference[0].replace(".json", "")).document();
            walkSchema(path, reference.length == 1 ? target : target.at(reference[1]), target);
        }
        schema.path("oneOf").forEach(alternative -> walkSchema(path, alternative, document));
        schema.path("properties")
                .properties()
                .forEach(property -> walkSchema(add(path, property.getKey()), property.getValue(), document));
        if (schema.path("additionalProperties").isObject()) {
            walkSchema(add(path, "*"), schema.get("additionalProperties"), document);
        }
        if (schema.has("items")) {
            walkSchema(path + "[]", schema.get("items"), document);
        }
    }

    private String add(String path, String name) {
        var longer = path.isEmpty() ? name : path + "." + name;
        paths.add(longer);
        return longer;
    }
}
