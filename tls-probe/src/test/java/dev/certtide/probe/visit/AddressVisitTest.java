package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Listener;
import dev.certtide.farm.Offer;
import dev.certtide.farm.Preface;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt after the other, and which is told. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class AddressVisitTest {
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String HOST = "visit.certtide.test";
    private static final Identity IDENTITY = CertificateAuthority.create("Farm", NOW)
            .issue(LeafRequest.forName(HOST, Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60))));

    @Parameter
    private TlsEngine engine;

    private final AtomicInteger connections = new AtomicInteger();

    /** Or else the attempt that was under way, and that nobody let come to anything, would be told in its place. */
    @Test
    void whatIsToldAtTheEndDoesNotChangeAfterIt() throws Exception {
        CountDownLatch secondHello = new CountDownLatch(1);
        Listener.Conversation refusingThenSilent = connection -> {
            connection.getInputStream().read();
            if (connections.incrementAndGet() == 1) {
                connection.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 120}); // no_application_protocol
                connection.shutdownOutput();
            } else {
                secondHello.countDown();
            }
            readToEnd(connection);
        };
        try (Listener server = Listener.start(refusingThenSilent)) {
            AddressVisit visit = visit(server.port());
            Thread visiting = Thread.ofVirtual().start(visit);
            secondHello.await();

            AddressFacts facts = visit.cutOff(DEADLINE);

            assertTrue(visiting.join(DEADLINE));
            assertEquals(facts, visit.cutOff(DEADLINE));
            assertEquals(
                    Optional.of("no_application_protocol"),
                    assertInstanceOf(Ending.HandshakeFailed.class, facts.ending())
                            .alert());
        }
    }

    @Test
    void aServerThatSaysNothingToTheHelloOfTodayIsSeenByTheHelloOfOld() throws Exception {
        Offer offer = Offer.protocols("TLSv1").with(Offer.Welcome.DEAF_TO_TLS_1_3);
        try (TlsServer server = TlsServer.start(IDENTITY, offer)) {
            AddressVisit visit = visit(server.port());
            assertTrue(Thread.ofVirtual().start(visit).join(DEADLINE), "it is over before it is cut off");
            AddressFacts facts = visit.cutOff(DEADLINE);

            assertEquals(
                    "TLSv1",
                    assertInstanceOf(Ending.Completed.class, facts.ending()).protocol());
            assertEquals(IDENTITY.chain(), facts.chain());
            assertTrue(facts.handshake().modernRefusal().orElseThrow().startsWith("nothing was heard within "));
            assertEquals(2, server.accepted());
        }
    }

    /** Clients of today would wait for ever, whatever it has for others. */
    @Test
    void aServerThatOnlyFailsToBearTls13StillFailsAndShowsItsCertificate() throws Exception {
        try (TlsServer server = TlsServer.start(IDENTITY, Offer.TODAY.with(Offer.Welcome.DEAF_TO_TLS_1_3))) {
            AddressFacts facts = visited(server.port());

            assertEquals(new Ending.TimedOut(Ending.Step.HANDSHAKE, DEADLINE), facts.ending());
            assertEquals(IDENTITY.chain(), facts.chain());
        }
    }

    @Test
    void aServerThatIsOnlySlowIsListenedToFurtherOn() throws Exception {
        CountDownLatch secondIsOver = new CountDownLatch(1);
        Preface slow = connection -> {
            if (connections.incrementAndGet() == 1) {
                secondIsOver.await();
                return true;
            }
            readToEnd(connection);
            secondIsOver.countDown();
            return false;
        };
        try (TlsServer server = TlsServer.start(IDENTITY, slow)) {
            AddressFacts facts = visited(server.port());

            assertEquals(
                    "TLSv1.3",
                    assertInstanceOf(Ending.Completed.class, facts.ending()).protocol());
            assertEquals(Optional.empty(), facts.handshake().modernRefusal());
            assertEquals(2, server.accepted());
        }
    }

    /** So that nobody waits for a way that could have been made while others had their turn. */
    @Test
    void aVisitIsOnItsWayBeforeItHasAThread() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        Listener.Conversation listening = connection -> {
            arrived.countDown();
            readToEnd(connection);
        };
        try (Listener server = Listener.start(listening)) {
            AddressVisit visit = visit(server.port());

            assertTrue(arrived.await(DEADLINE.toSeconds(), TimeUnit.SECONDS));

            assertEquals(
                    new Ending.TimedOut(Ending.Step.CONNECTION, DEADLINE),
                    visit.cutOff(DEADLINE).ending());
        }
    }

    @Test
    void whatIsCutOffGoesNowhere() {
        try (Listener server = Listener.start(AddressVisitTest::readToEnd)) {
            AddressVisit visit = prepared(server.port());
            AddressFacts facts = visit.cutOff(DEADLINE);

            visit.begin();
            visit.run();

            assertEquals(new Ending.TimedOut(Ending.Step.CONNECTION, DEADLINE), facts.ending());
            assertEquals(facts, visit.cutOff(DEADLINE));
            assertEquals(0, server.accepted());
        }
    }

    /** Whoever accepts and then resets has taken the connection, even when nobody had looked at it by then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsResetBeforeAnybodyAwaitsItWasThere(boolean saysItsEnd) throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Listener.Conversation resetting = connection -> {
            if (saysItsEnd) {
                connection.shutdownOutput();
            }
            connection.setSoLinger(true, 0); // The close is a reset.
            connection.close();
            gone.countDown();
        };
        try (Listener server = Listener.start(resetting)) {
            AddressVisit visit = visit(server.port());
            assertTrue(gone.await(DEADLINE.toSeconds(), TimeUnit.SECONDS));

            visit.run();

            assertInstanceOf(
                    Ending.HandshakeFailed.class, visit.cutOff(DEADLINE).ending());
        }
    }

    /** No garbage collection gives back the descriptor of a channel that nobody closes. */
    @Test
    void whenEverAVisitIsCutOffItsSocketsAreGivenBack() throws Exception {
        int times = 60;
        CountDownLatch accepted = new CountDownLatch(3 * times);
        Listener.Conversation silent = connection -> {
            accepted.countDown();
            readToEnd(connection);
        };
        long before = sockets();
        try (Listener server = Listener.start(silent)) {
            List<Thread> visiting = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                AddressVisit neverBegun = prepared(server.port());
                neverBegun.cutOff(DEADLINE);
                neverBegun.begin();
                visit(server.port()).cutOff(DEADLINE);
                AddressVisit running = visit(server.port());
                visiting.add(Thread.ofVirtual().start(running));
                running.cutOff(DEADLINE);
                AddressVisit late = visit(server.port());
                late.cutOff(DEADLINE);
                visiting.add(Thread.ofVirtual().start(late));
            }
            assertTrue(accepted.await(DEADLINE.toSeconds(), TimeUnit.SECONDS));
            for (Thread thread : visiting) {
                assertTrue(thread.join(DEADLINE));
            }
        }
        assertTrue(sockets() < before + times / 2, () -> sockets() + " sockets, and before " + before);
    }

    private static long sockets() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(AddressVisitTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private AddressFacts visited(int port) throws InterruptedException {
        AddressVisit visit = visit(port);
        Thread visiting = Thread.ofVirtual().start(visit);
        visiting.join(DEADLINE);
        return visit.cutOff(DEADLINE);
    }

    private AddressVisit visit(int port) {
        AddressVisit visit = prepared(port);
        visit.begin();
        return visit;
    }

    private AddressVisit prepared(int port) {
        HandshakeLimits.raise();
        return new AddressVisit(
                new Target(Protocol.HTTPS, HOST, port),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                engine,
                System.nanoTime() + DEADLINE.toNanos(),
                Thread.ofVirtual().factory());
    }

    private static void readToEnd(Socket connection) throws IOException {
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
