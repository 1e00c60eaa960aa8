package dev.certtide.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A folder that {@code cdk synth} wrote, with exactly one stack.
 *
 * @param assets files by the object key under which the template refers to them
 */
public record CloudAssembly(
        String stackName, String accountId, String region, JsonNode template, Map<String, Path> assets) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @throws TemplateException if the folder is no assembly, or does not have exactly one stack
     * @throws UncheckedIOException if a file cannot be read
     */
    public static CloudAssembly read(Path folder) {
        var manifest = folder.resolve("manifest.json");
        if (!Files.exists(manifest)) {
            throw new TemplateException(
                    folder + " is no synthesized assembly: it has no manifest.json. Run cdk synth first.");
        }
        var stacks = json(manifest)
                .path("artifacts")
                .propertyStream()
                .filter(artifact -> artifact.getValue().path("type").asText().equals("aws:cloudformation:stack"))
                .toList();
        if (stacks.size() != 1) {
            throw new TemplateException("%s has %d stacks (%s): expected one"
                    .formatted(
                            folder,
                            stacks.size(),
                            stacks.stream().map(Map.Entry::getKey).toList()));
        }
        var stack = stacks.getFirst().getValue();
        var name = stack.path("properties")
                .path("stackName")
                .asText(stacks.getFirst().getKey());
        // aws://account/region, where an unknown part reads unknown-account or unknown-region.
        var environment = stack.path("environment").asText("").split("/");
        var account = environment.length > 2 && environment[2].matches("\\d{12}") ? environment[2] : "000000000000";
        var region = environment.length > 3 && !environment[3].startsWith("unknown") ? environment[3] : "us-east-1";
        var template = json(
                folder.resolve(stack.path("properties").path("templateFile").asText()));
        return new CloudAssembly(name, account, region, template, assets(folder));
    }

    /** Reads the template for a cloud with the given endpoint. */
    public Blueprint blueprint(URI endpoint) {
        return Blueprint.read(template, place(endpoint));
    }

    /** Where the stack is when this cloud's endpoint is the given one. */
    public Place place(URI endpoint) {
        return new Place(stackName, accountId, region, endpoint);
    }

    private static Map<String, Path> assets(Path folder) {
        var assets = new HashMap<String, Path>();
        try (var files = Files.newDirectoryStream(folder, "*.assets.json")) {
            for (var file : files) {
                for (var asset : json(file).path("files")) {
                    var path = folder.resolve(asset.path("source").path("path").asText());
                    for (var destination : asset.path("destinations")) {
                        assets.put(destination.path("objectKey").asText(), path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the assets of " + folder, e);
        }
        return assets;
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
