package dev.certtide.probe.visit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Listener;
import dev.certtide.farm.Misbehaviour;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native memory is given back, whatever a server does and whenever a visit is cut off. */
class BoringEngineTest {
    private static final String HOST = "native.certtide.test";
    private static final int HANDSHAKES = 500;

    private BoringEngine engine;

    @BeforeEach
    void engine() {
        assumeTrue(BoringEngine.loaded().isPresent(), "BoringSSL is not for this platform");
        engine = BoringEngine.loaded().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(
            value = Misbehaviour.class,
            names = {"SILENCE", "DRIP_FEED", "ENDLESS_GARBAGE", "ENDLESS_WARNINGS", "ENDLESS_EMPTY_RECORDS"},
            mode = EnumSource.Mode.EXCLUDE)
    void aBrokenHandshakeGivesEverythingBack(Misbehaviour misbehaviour) throws Exception {
        try (Listener server = Listener.start(misbehaviour)) {
            int accepted = misbehaviour == Misbehaviour.HUGE_RECORD ? 50 : HANDSHAKES;
            for (int i = 0; i < accepted; i++) {
                assertThrows(IOException.class, () -> shake(connection(server.port()), server.port()));
            }
        }

        assertEquals(0, engine.running());
    }

    @Test
    void aGoodHandshakeGivesEverythingBack() throws Exception {
        try (TlsServer server = TlsServer.start(identity())) {
            for (int i = 0; i < HANDSHAKES; i++) {
                shake(connection(server.port()), server.port());
            }
        }

        assertEquals(0, engine.running());
    }

    @ParameterizedTest
    @EnumSource(
            value = Misbehaviour.class,
            names = {"SILENCE", "DRIP_FEED", "ENDLESS_GARBAGE", "ENDLESS_WARNINGS", "ENDLESS_EMPTY_RECORDS"})
    void closingTheConnectionFromAnotherThreadEndsTheHandshake(Misbehaviour misbehaviour) throws Exception {
        try (Listener server = Listener.start(misbehaviour);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Socket> connections = IntStream.range(0, 100)
                    .mapToObj(i -> standing(server.port()))
                    .toList();
            List<? extends Future<?>> handshakes = connections.stream()
                    .map(connection -> threads.submit(() -> shake(connection, server.port())))
                    .toList();
            await().until(() -> server.accepted() == connections.size());

            for (Socket connection : connections) {
                connection.close();
            }

            for (Future<?> handshake : handshakes) {
                assertThrows(Exception.class, handshake::get);
            }
        }

        assertEquals(0, engine.running());
    }

    @Test
    void aConnectionThatHasBeenCutOffBeforeTheHandshakeHoldsNothing() throws Exception {
        try (Listener server = Listener.start(Misbehaviour.SILENCE)) {
            Socket closed = connection(server.port());
            closed.close();
            long before = residentKilobytes();

            for (int i = 0; i < 20_000; i++) {
                assertThrows(IOException.class, () -> shake(closed, server.port()));
            }

            // Some 20 KB each, if they were held.
            assertTrue(residentKilobytes() - before < 200_000);
        }
    }

    @Test
    void helloesOfTheSameApplicationsAndOtherVersionsAreTwo() throws Exception {
        ClientHello today = ClientHello.ofToday(Protocol.HTTPS);
        ClientHello older = new ClientHello(List.of("TLSv1.2"), today.suites(), today.applications(), true);
        try (TlsServer server = TlsServer.start(identity())) {
            assertEquals("TLSv1.3", shake(connection(server.port()), server.port(), today));
            assertEquals("TLSv1.2", shake(connection(server.port()), server.port(), older));
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private String shake(Socket connection, int port) throws IOException {
        return shake(connection, port, ClientHello.ofToday(Protocol.HTTPS));
    }

    private String shake(Socket connection, int port, ClientHello hello) throws IOException {
        Target target = new Target(Protocol.HTTPS, HOST, port);
        try (connection;
                Handshake handshake = engine.over(connection, target, hello, new Witness())) {
            String protocol = handshake.shake().protocol();
            handshake.leave();
            return protocol;
        }
    }

    /** A server that resets at once may be faster than the connection is noticed. */
    private static Socket connection(int port) throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static Socket standing(int port) {
        try {
            return connection(port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Identity identity() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        return CertificateAuthority.create("Farm", now)
                .issue(LeafRequest.forName(HOST, Validity.withLeft(now, Duration.ofDays(90), Duration.ofDays(60))));
    }
}
