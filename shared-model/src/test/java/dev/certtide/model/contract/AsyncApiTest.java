package dev.certtide.model.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static final Path SPECIFICATION =
            Path.of(System.getProperty("certtide.home"), "node_modules/@asyncapi/specs/schemas/3.1.0.json");
    private static final JsonNode DOCUMENT = read();

    @Test
    void theDocumentIsAsyncApi() throws IOException {
        var specification =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(Files.readString(SPECIFICATION));

        assertEquals(Set.of(), specification.validate(DOCUMENT));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (var reference : DOCUMENT.findValuesAsText("$ref")) {
            var exists = reference.startsWith("#")
                    ? !DOCUMENT.at(reference.substring(1)).isMissingNode()
                    : Files.exists(Contract.FOLDER.resolve(reference));
            assertTrue(exists, reference);
        }
    }

    /** Schemas that are parts of others stand for themselves nowhere. */
    @Test
    void everyMessageIsInTheDocument() {
        var parts = Contract.all().stream()
                .flatMap(contract -> contract.document().findValuesAsText("$ref").stream())
                .map(reference -> reference.split("#")[0])
                .collect(Collectors.toSet());
        var whole = Contract.all().stream()
                .map(contract -> contract + ".json")
                .filter(name -> !parts.contains(name))
                .map(name -> "schemas/" + name)
                .toList();

        var referenced = DOCUMENT.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("schemas/"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(whole), referenced);
        assertEquals(List.of("3.1.0"), DOCUMENT.findValuesAsText("asyncapi"));
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper()
                    .readTree(Contract.FOLDER.resolve("asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
