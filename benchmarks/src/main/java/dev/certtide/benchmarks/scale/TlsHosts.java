package dev.certtide.benchmarks.scale;

import dev.certtide.benchmarks.SiteFiles;
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

    private final SiteFiles files = new SiteFiles();
    private final Process process;
    private final List<Integer> ports;

    /**
     * @param names how many
     * @param now when the certificate is well
     */
    TlsHosts(int names, Instant now) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        Responder.class.getName(),
                        files.rootPem().toString(),
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
                files.hosts(),
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

    SiteFiles files() {
        return files;
    }

    /** What lets the functions come here, and to any other address of this machine. */
    Map<String, String> environment() {
        // Two cores share the handshakes of both ends; whoever times out has changed.
        return files.environment(Map.of("CERTTIDE_CHECK_TIMEOUT", "20"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        files.close();
    }
}
