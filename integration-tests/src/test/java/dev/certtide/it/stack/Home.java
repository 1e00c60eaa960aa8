package dev.certtide.it.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that {@code certtide up} takes for its own, with links to what the build made: where it writes down its
 * endpoint, no other command shall look for it.
 */
public record Home(Path folder) implements AutoCloseable {
    private static final List<String> LINKS = List.of("infra-cdk", "node_modules", "package.json");

    public static Home create(Path folder) throws IOException {
        var project = Path.of(System.getProperty("certtide.home")).toAbsolutePath();
        Files.createDirectory(folder);
        for (var link : LINKS) {
            Files.createSymbolicLink(folder.resolve(link), project.resolve(link));
        }
        return new Home(folder);
    }

    /** Takes the links away; what they lead to stays. */
    @Override
    public void close() throws IOException {
        for (var link : LINKS) {
            Files.deleteIfExists(folder.resolve(link));
        }
    }
}
