package dev.certtide.benchmarks.scale;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The far end of real TLS, in a process of its own, so that its handshakes are not counted as the checker's. */
final class Responder {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final Duration LEFT = Duration.ofDays(60);

    private Responder() {}

    /**
     * Serves until standard input ends.
     *
     * @param arguments where to write the root, the name that the certificate is for, the time by which it is well, how
     *     many servers; writes their ports in one line
     */
    public static void main(String... arguments) throws IOException {
        var now = Instant.parse(arguments[2]);
        var authority = CertificateAuthority.create("Certtide benchmark", now);
        Files.writeString(Path.of(arguments[0]), authority.rootPem());
        var identity = authority.issue(LeafRequest.forName(arguments[1], Validity.withLeft(now, LIFETIME, LEFT)));
        var servers = IntStream.range(0, Integer.parseInt(arguments[3]))
                .mapToObj(i -> TlsServer.start(InetAddress.ofLiteral(address(i)), 0, identity))
                .toList();
        System.out.println(
                servers.stream().map(server -> Integer.toString(server.port())).collect(Collectors.joining(" ")));
        while (System.in.read() >= 0) {
            // Whoever started this says nothing, and closes the pipe at the end.
        }
        System.exit(0);
    }

    /** The address of a server: each is in a network of its own. */
    static String address(int server) {
        return "127.7." + server + ".1";
    }
}
