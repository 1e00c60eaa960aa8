package dev.certtide.benchmarks.scale;

import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many names of a few hundred TLS servers on this machine, in as many networks, which share a certificate. */
final class TlsHosts implements AutoCloseable {
    private static final int SERVERS = 250;
    private static final String DOMAIN = "scale.certtide.test";

    private final Path folder;
    private final Process process;
    private final List<Integer> ports;

    /**
     * @param names how many
     * @param now when the certificate is well
     */
    TlsHosts(int names, Instant now) throws IOException {
        folder = Files.createTempDirectory("certtide-scale");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        Responder.class.getName(),
                        rootPem().toString(),
                        "*." + DOMAIN,
                        now.toString(),
                        Integer.toString(SERVERS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException("the TLS servers did not start");
        }
        ports = Arrays.stream(line.split(" ")).map(Integer::valueOf).toList();
        Files.writeString(
                hostsFile(),
                IntStream.range(0, names)
                        .mapToObj(i -> Responder.address(i % SERVERS) + " " + name(i) + "\n")
                        .collect(Collectors.joining()));
    }

    Target target(int number) {
        return new Target(Protocol.HTTPS, name(number), ports.get(number % SERVERS));
    }

    private static String name(int number) {
        return "host-" + number + "." + DOMAIN;
    }

    Path rootPem() {
        return folder.resolve("root.pem");
    }

    Path hostsFile() {
        return folder.resolve("hosts");
    }

    /** What lets the functions come here, and to any other address of this machine. */
    Map<String, String> environment() {
        return Map.of(
                "CERTTIDE_ALLOWED_NETWORKS",
                "127.0.0.0/8",
                "CERTTIDE_ALLOWED_PORTS",
                "1-65535",
                "CERTTIDE_HOSTS_FILE",
                hostsFile().toString(),
                "CERTTIDE_CA_FILE",
                rootPem().toString(),
                // Two cores share the handshakes of both ends; whoever times out has changed.
                "CERTTIDE_CHECK_TIMEOUT",
                "20");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(rootPem());
        Files.deleteIfExists(hostsFile());
        Files.delete(folder);
    }
}
