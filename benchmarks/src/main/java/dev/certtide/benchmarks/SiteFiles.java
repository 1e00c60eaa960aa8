package dev.certtide.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files that lead the functions to servers on this machine: their root, and where their names are. */
public final class SiteFiles implements AutoCloseable {
    private final Path folder;

    /** In a folder of its own, still to be written. */
    public SiteFiles() throws IOException {
        folder = Files.createTempDirectory("certtide-benchmark");
    }

    public Path rootPem() {
        return folder.resolve("root.pem");
    }

    public Path hosts() {
        return folder.resolve("hosts");
    }

    /** Variables that let the functions come to these servers, and to any other address of this machine. */
    public Map<String, String> environment(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "CERTTIDE_ALLOWED_NETWORKS",
                "127.0.0.0/8",
                "CERTTIDE_ALLOWED_PORTS",
                "1-65535",
                "CERTTIDE_HOSTS_FILE",
                hosts().toString(),
                "CERTTIDE_CA_FILE",
                rootPem().toString()));
        environment.putAll(more);
        return environment;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(rootPem());
        Files.deleteIfExists(hosts());
        Files.delete(folder);
    }
}
