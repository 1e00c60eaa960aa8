package dev.certtide.model.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.model.contract.Compatibility.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityTest {
    private static final Path PUBLISHED = Contract.FOLDER.resolve("published/v1");

    /** What others write into their messages to us. */
    private static final Set<String> WRITTEN_BY_OTHERS =
            Set.of("url", "identifier", "owner", "channel", "policy", "privateRoots");

    /** What both do: we in results, others in policies. */
    private static final Set<String> WRITTEN_BY_ALL = Set.of("findingCode");

    private static final String SCHEMA = """
            {"type": "object", "required": ["a"], "properties": {
              "a": {"type": "string", "maxLength": 10},
              "b": {"enum": ["x", "y"]},
              "c": {"type": "array", "items": {"type": "integer", "minimum": 1}},
              "d": {"oneOf": [{"const": 1}, {"const": 2}]},
              "f": {"anyOf": [{"const": 5}, {"const": 6}]},
              "g": {"type": "object", "maxProperties": 7, "propertyNames": {"maxLength": 8},
                    "additionalProperties": {"enum": ["q", "r"]}},
              "h": {"type": "object", "additionalProperties": false, "properties": {"i": {}}},
              "j": {"type": "object", "properties": {"k": {}}}}}
            """;

    static Stream<Path> published() throws IOException {
        return Files.list(PUBLISHED).sorted();
    }

    @ParameterizedTest
    @MethodSource("published")
    void whoReliesOnAPublishedSchemaMayRelyOnTheCurrentOne(Path file) {
        var name = file.getFileName().toString().replace(".json", "");
        var published = Contract.read(file);
        var current = new Contract(name).document();
        if (name.startsWith("common.")) {
            published.get("$defs").properties().forEach(definition -> {
                // Under its name, which some rules depend on.
                var was = alone(definition.getKey(), published);
                var is = alone(definition.getKey(), current);
                writers(definition.getKey())
                        .forEach(writer -> assertEquals(List.of(), Compatibility.breaks(was, is, writer)));
            });
        } else {
            assertEquals(List.of(), Compatibility.breaks(published, current, writer(name)));
        }
    }

    private static List<Writer> writers(String definition) {
        if (WRITTEN_BY_ALL.contains(definition)) {
            return List.of(Writer.values());
        }
        return List.of(WRITTEN_BY_OTHERS.contains(definition) ? Writer.OTHERS : Writer.US);
    }

    private static Writer writer(String schema) {
        return schema.startsWith("url-") || schema.startsWith("new-url") ? Writer.OTHERS : Writer.US;
    }

    /** Also the optional ones that were added after the first version was published. */
    @ParameterizedTest
    @MethodSource("published")
    void everyPropertyThatIsPublishedIsMissed(Path file) {
        var published = Contract.read(file);
        int number = schemasWithProperties(published).size();
        for (int i = 0; i < number; i++) {
            for (var property : names(schemasWithProperties(published).get(i))) {
                var current = published.deepCopy();
                ((ObjectNode) schemasWithProperties(current).get(i).get("properties")).remove(property);
                for (var writer : Writer.values()) {
                    assertNotEquals(List.of(), Compatibility.breaks(published, current, writer), property);
                }
            }
        }
    }

    private static List<JsonNode> schemasWithProperties(JsonNode document) {
        return document.findParents("properties").stream()
                .filter(schema -> schema.get("properties").isObject())
                .toList();
    }

    private static List<String> names(JsonNode schema) {
        return schema.get("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest(name = "{0} -> {1}: told to who writes to us {2}, to who reads from us {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"required\": [\"a\"]`|`\"required\": [\"a\", \"b\"]`|true|false",
                "`\"required\": [\"a\"]`|`\"required\": []`|false|true",
                "`\"maxLength\": 10`|`\"maxLength\": 9`|true|false",
                "`\"maxLength\": 10`|`\"maxLength\": 11`|false|true",
                "`, \"maxLength\": 10`|``|false|true",
                "`\"minimum\": 1`|`\"minimum\": 0`|false|true",
                "`\"minimum\": 1`|`\"minimum\": 2`|true|false",
                "`[\"x\", \"y\"]`|`[\"x\"]`|true|false",
                "`[\"x\", \"y\"]`|`[\"x\", \"y\", \"z\"]`|false|true",
                "`{\"const\": 2}`|`{\"const\": 2}, {\"const\": 3}`|false|true",
                "`{\"const\": 2}`|`{\"const\": 3}`|true|true",
                "`\"integer\"`|`\"string\"`|true|true",
                "`\"b\": `|`\"e\": `|true|true",
                "`\"a\": {`|`\"new\": {}, \"a\": {`|false|false",
                "`{\"const\": 6}`|`{\"const\": 6}, {\"const\": 7}`|false|true",
                "`, {\"const\": 6}`|``|true|true",
                "`\"anyOf\": [{\"const\": 5}, {\"const\": 6}]`|``|false|true",
                "`\"k\": {}`|`\"k\": {\"anyOf\": [{\"const\": 5}]}`|true|false",
                "`\"maxProperties\": 7`|`\"maxProperties\": 6`|true|false",
                "`\"maxProperties\": 7`|`\"maxProperties\": 8`|false|true",
                "`\"maxLength\": 8`|`\"maxLength\": 7`|true|false",
                "`\"maxLength\": 8`|`\"maxLength\": 9`|false|true",
                "`\"propertyNames\": {\"maxLength\": 8},`|``|false|true",
                "`\"j\": {`|`\"j\": {\"propertyNames\": {\"maxLength\": 8}, `|true|false",
                "`[\"q\", \"r\"]`|`[\"q\"]`|true|false",
                "`[\"q\", \"r\"]`|`[\"q\", \"r\", \"s\"]`|false|true",
                "`\"additionalProperties\": {\"enum\": [\"q\", \"r\"]}`|`\"additionalProperties\": false`|true|false",
                "`\"additionalProperties\": {\"enum\": [\"q\", \"r\"]}`|`\"additionalProperties\": true`|false|true",
                "`\"additionalProperties\": false, `|``|false|true",
                "`\"j\": {`|`\"j\": {\"additionalProperties\": false, `|true|false",
                "`\"j\": {`|`\"j\": {\"additionalProperties\": {\"const\": 1}, `|true|false",
                "`\"i\": {}`|`\"i\": {}, \"new\": {}`|false|true",
                "`\"k\": {}`|`\"k\": {\"multipleOf\": 2}`|true|true",
            })
    void aBreakIsTold(String published, String current, boolean othersWrite, boolean weWrite) {
        var before = Contract.read(SCHEMA);
        var text = SCHEMA.replace(published, current == null ? "" : current);
        assertNotEquals(SCHEMA, text, "nothing was changed");
        var after = Contract.read(text);

        assertEquals(
                othersWrite, !Compatibility.breaks(before, after, Writer.OTHERS).isEmpty(), "others write");
        assertEquals(weWrite, !Compatibility.breaks(before, after, Writer.US).isEmpty(), "we write");
    }

    @Test
    void everySchemaIsPublished() throws IOException {
        try (var files = published()) {
            assertEquals(
                    Contract.all().stream().map(contract -> contract + ".json").toList(),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static JsonNode alone(String name, JsonNode document) {
        var alone = Contract.JSON.createObjectNode();
        alone.putObject("$defs").set(name, document.at("/$defs/" + name));
        return alone;
    }
}
