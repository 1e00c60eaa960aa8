package dev.certtide.model.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A published schema, by its name in {@code docs/contracts/schemas}.
 *
 * @param name for example {@code ssl-checked.v1}
 */
public record Contract(String name) {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path FOLDER = Path.of(System.getProperty("certtide.home"), "docs", "contracts");

    private static final String IDENTITY = "https://certtide.dev/contracts/";
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(
                    IDENTITY, FOLDER.resolve("schemas").toUri().toString())));
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /** All of them, in the order of their names. */
    public static List<Contract> all() {
        try (var files = Files.list(FOLDER.resolve("schemas"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .sorted()
                    .map(file -> new Contract(file.substring(0, file.length() - ".json".length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In what respects the text breaks the contract; empty if it keeps it. */
    public List<String> violations(String text) {
        return violations(read(text));
    }

    List<String> violations(JsonNode message) {
        return SCHEMAS.getSchema(SchemaLocation.of(IDENTITY + name + ".json"), STRICT).validate(message).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    JsonNode document() {
        return read(FOLDER.resolve("schemas").resolve(name + ".json"));
    }

    static JsonNode read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
