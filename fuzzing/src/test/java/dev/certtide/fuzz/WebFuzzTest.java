package dev.certtide.fuzz;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.fetch.GuardedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A web server to which a certificate leads, and which answers whatever it likes to whatever it is asked. */
class WebFuzzTest {
    private static final int LARGEST = 4_096;
    private static final int LONGEST_REASON = 10_000;

    /** The longest that an answer may take which ends at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Redirects that cannot lead to an address of the internet: addresses have digits or brackets. */
    private static final Pattern HARMLESS = Pattern.compile("(?is)(?!.*location.*[0-9\\[]).*");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "lists.certtide.test");

    /** The answer to the next requests. */
    private static volatile byte[] answer = {};

    private static final ServerSocket SERVER = server();
    private static final URI ADDRESS = URI.create("http://lists.certtide.test:" + SERVER.getLocalPort() + "/list.crl");
    private static final GuardedHttp HTTP = new GuardedHttp(
            name -> List.of(SERVER.getInetAddress()),
            AddressGuard.strict()
                    .allowingNetworks("127.0.0.1/32")
                    .allowingPorts(Ports.parse(String.valueOf(SERVER.getLocalPort()))));

    /** All that a server sends before it closes the connection; it is asked again if it redirects to itself. */
    @FuzzTest
    void answers(byte[] bytes) {
        if (!HARMLESS.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).matches()) {
            return;
        }
        answer = bytes;
        // Jazzer takes every connection for a forged request but those that are allowed.
        try (var _ = BugDetectors.allowNetworkConnections((host, port) -> LOOPBACK.contains(host))) {
            Bound.holds(WebFuzzTest::fetch);
        }
    }

    private static void fetch() {
        try {
            byte[] content = HTTP.fetch(ADDRESS, LARGEST, PATIENCE);
            Bound.require(content.length <= LARGEST, content.length + " bytes");
        } catch (IOException e) {
            Bound.require(e.getMessage().length() <= LONGEST_REASON, "a reason told at length");
            Bound.require(!e.getMessage().startsWith("it was not there"), "what had ended was waited for");
        }
    }

    private static ServerSocket server() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            Thread.ofPlatform().daemon().start(() -> serve(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(ServerSocket server) {
        byte[] request = new byte[LARGEST];
        while (true) {
            try (Socket connection = server.accept()) {
                // One packet: the request is small. To leave it unread would reset the connection.
                connection.getInputStream().read(request);
                connection.getOutputStream().write(answer);
            } catch (IOException e) {
                // The client has had enough.
            }
        }
    }
}
