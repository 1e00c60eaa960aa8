package dev.certtide.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an assembly as {@code cdk synth} would, from the sample template and the compiled sample handlers. */
final class SampleAssembly {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HANDLERS = List.of("WorkHandler", "TickHandler", "EndlessHandler");

    private SampleAssembly() {}

    static Path write(Path folder) throws IOException {
        return write(folder, resources -> {});
    }

    /** @param change changes the template's resources before they are written */
    static Path write(Path folder, Consumer<ObjectNode> change) throws IOException {
        ObjectNode template;
        try (var source = SampleAssembly.class.getResourceAsStream("sample.template.json")) {
            template = (ObjectNode) JSON.readTree(source);
        }
        change.accept((ObjectNode) template.get("Resources"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Sample.template.json"), template.toString());
        Files.writeString(folder.resolve("manifest.json"), """
                {"version": "48.0.0", "artifacts": {
                  "Sample.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Sample.assets.json"}},
                  "Sample": {"type": "aws:cloudformation:stack", "environment": "aws://000000000000/us-east-1",
                             "properties": {"templateFile": "Sample.template.json"}}}}
                """);
        Files.writeString(folder.resolve("Sample.assets.json"), """
                {"version": "48.0.0", "files": {
                  "code": {"source": {"path": "asset.code.zip", "packaging": "file"},
                           "destinations": {"current": {"bucketName": "assets", "objectKey": "code.zip"}}}}}
                """);
        writeCode(folder.resolve("asset.code.zip"));
        return folder;
    }

    private static void writeCode(Path zip) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var handler : HANDLERS) {
                var path = "dev/certtide/local/sample/" + handler + ".class";
                out.putNextEntry(new ZipEntry(path));
                try (var compiled = SampleAssembly.class.getClassLoader().getResourceAsStream(path)) {
                    compiled.transferTo(out);
                }
            }
        }
    }
}
