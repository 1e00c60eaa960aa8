package dev.certtide.model.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.certtide.model.contract.Compatibility.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityTest {
    private static final Path PUBLISHED = Contract.FOLDER.resolve("published/v1");

    /** What others write into their messages to us. */
    private static final Set<String> WRITTEN_BY_OTHERS = Set.of("url", "identifier", "owner", "channel");

    private static final String SCHEMA = """
            {"type": "object", "required": ["a"], "properties": {
              "a": {"type": "string", "maxLength": 10},
              "b": {"enum": ["x", "y"]},
              "c": {"type": "array", "items": {"type": "integer", "minimum": 1}},
              "d": {"oneOf": [{"const": 1}, {"const": 2}]}}}
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
                var writer = WRITTEN_BY_OTHERS.contains(definition.getKey()) ? Writer.OTHERS : Writer.US;
                // Under its name, which some rules depend on.
                assertEquals(
                        List.of(),
                        Compatibility.breaks(
                                alone(definition.getKey(), published), alone(definition.getKey(), current), writer));
            });
        } else {
            var writer = name.startsWith("url-") || name.startsWith("new-url") ? Writer.OTHERS : Writer.US;
            assertEquals(List.of(), Compatibility.breaks(published, current, writer));
        }
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
