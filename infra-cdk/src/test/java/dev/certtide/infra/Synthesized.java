package dev.certtide.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.assertions.Template;

/** A template as {@link CerttideApp} writes it, with stub zips. Each stage is synthesized once for all tests. */
record Synthesized(JsonNode template, List<String> findings) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Stage, Synthesized> STAGES = new EnumMap<>(Stage.class);

    static final List<String> FUNCTIONS =
            List.of("url-registry", "ssl-checker", "new-customers", "recheck", "ssl-stats", "ssl-failures", "notifier");

    /** A resource of the template. */
    record Resource(String id, JsonNode json) {
        String type() {
            return json.path("Type").asText();
        }

        JsonNode property(String name) {
            return json.path("Properties").path(name);
        }

        /** {@code certtide-<stage>-<this>}, without what comes before it. */
        String shortName(String nameProperty) {
            return property(nameProperty).asText().replaceFirst(".*certtide-[a-z]+-", "");
        }
    }

    static synchronized Synthesized of(Stage stage) {
        return STAGES.computeIfAbsent(stage, it -> with("stage=" + it.id()));
    }

    static synchronized Synthesized with(String... context) {
        try {
            var folder =
                    Files.createDirectories(Path.of("target/stub-functions")).toAbsolutePath();
            for (var function : FUNCTIONS) {
                stub(folder.resolve(function + ".zip"));
            }
            var arguments = Stream.concat(Stream.of(context), Stream.of("functions=" + folder));
            var assembly = CerttideApp.synthesize(Project.around(Path.of("")), arguments.toArray(String[]::new));
            var stack = assembly.getStacks().getFirst();
            var template = JSON.readTree(Path.of(stack.getTemplateFullPath()).toFile());
            var report = JSON.readTree(
                    Path.of(assembly.getDirectory(), "validation-report.json").toFile());
            return new Synthesized(template, findings(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For matching by CDK's own assertions. */
    Template assertions() {
        return Template.fromString(template.toString());
    }

    List<Resource> all() {
        return template.path("Resources").properties().stream()
                .map(entry -> new Resource(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<Resource> all(String type) {
        return all().stream().filter(resource -> resource.type().equals(type)).toList();
    }

    Resource resource(String id) {
        return new Resource(id, template.path("Resources").path(id));
    }

    /** The resource that a {@code Ref} or {@code Fn::GetAtt} points to. */
    Resource referred(JsonNode reference) {
        var id = reference.has("Ref")
                ? reference.path("Ref").asText()
                : reference.path("Fn::GetAtt").path(0).asText();
        return resource(id);
    }

    private static List<String> findings(JsonNode validationReport) {
        return validationReport
                .path("pluginReports")
                .valueStream()
                .flatMap(plugin -> plugin.path("violations").valueStream())
                .map(violation -> violation.path("severity").asText() + " "
                        + violation.path("ruleName").asText())
                .toList();
    }

    /** A zip as the build would write it, but empty. */
    static void stub(Path zip) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            // A fixed time, so that the zip and with it the template is the same in each run.
            var entry = new ZipEntry("empty");
            entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
            out.putNextEntry(entry);
            out.closeEntry();
        }
    }
}
