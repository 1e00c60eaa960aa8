package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.Listener;
import dev.certtide.farm.Misbehaviour;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HostFacts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, a visit ends by its deadline and leaves no thread behind. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class HostileServersTest {
    @Parameter
    private TlsEngine engine;

    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
    private final ThreadFactory threads = task -> {
        Thread thread = Thread.ofVirtual().unstarted(task);
        started.add(thread);
        return thread;
    };

    @AfterEach
    void noThreadIsLeftBehind() throws InterruptedException {
        for (Thread thread : started) {
            assertTrue(thread.join(Duration.ofSeconds(5)), () -> thread + " is still running");
        }
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void aMisbehavingServerCostsAtMostTheDeadline(Misbehaviour misbehaviour) {
        try (Listener server = Listener.start(misbehaviour)) {
            long began = System.nanoTime();

            AddressFacts facts = visit(server.port(), List.of("127.0.0.1")).getFirst();

            assertWithinDeadline(began);
            assertEquals(List.of(), facts.chain());
            assertTrue(
                    facts.ending() instanceof Ending.HandshakeFailed || facts.ending() instanceof Ending.TimedOut,
                    () -> facts.ending().toString());
        }
    }

    @Test
    void aFatalAlertIsToldByItsName() {
        try (Listener server = Listener.start(Misbehaviour.HANDSHAKE_FAILURE_ALERT)) {
            var ending = visit(server.port(), List.of("127.0.0.1")).getFirst().ending();

            assertEquals(
                    Optional.of("handshake_failure"),
                    assertInstanceOf(Ending.HandshakeFailed.class, ending).alert());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Misbehaviour.class,
            names = {"SILENCE", "DRIP_FEED"})
    void whoKeepsTheHandshakeWaitingTimesOut(Misbehaviour misbehaviour) {
        try (Listener server = Listener.start(misbehaviour)) {
            var ending = visit(server.port(), List.of("127.0.0.1")).getFirst().ending();

            assertEquals(new Ending.TimedOut(Ending.Step.HANDSHAKE, DEADLINE), ending);
        }
    }

    /** The reset may be here before the connection is noticed: the same fault must not have two names. */
    @Test
    void aResetIsAFailedHandshakeHoweverEarlyItComes() {
        try (Listener server = Listener.start(Misbehaviour.RESET_AT_ONCE)) {
            for (int i = 0; i < 200; i++) {
                var ending =
                        visit(server.port(), List.of("127.0.0.1")).getFirst().ending();

                assertInstanceOf(Ending.HandshakeFailed.class, ending);
            }
        }
    }

    @Test
    void slowAddressesAreWaitedForTogetherAndNotOneAfterAnother() {
        List<String> addresses = IntStream.rangeClosed(1, Probe.MOST_ADDRESSES)
                .mapToObj(i -> "127.0.0." + i)
                .toList();
        try (Listener server = Listener.start(InetAddress.ofLiteral("0.0.0.0"), 0, Misbehaviour.SILENCE)) {
            long began = System.nanoTime();

            List<AddressFacts> facts = visit(server.port(), addresses);

            assertWithinDeadline(began);
            assertEquals(Probe.MOST_ADDRESSES, facts.size());
            facts.forEach(fact -> assertEquals(new Ending.TimedOut(Ending.Step.HANDSHAKE, DEADLINE), fact.ending()));
        }
    }

    @Test
    void noMoreThanTheFirstAddressesAreVisitedOfBothFamilies() {
        List<String> addresses = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> i <= 50 ? "127.0.1." + i : "::1")
                .toList();
        try (Listener server = Listener.start(InetAddress.ofLiteral("0.0.0.0"), 0, Misbehaviour.RESET_AT_ONCE)) {
            HostFacts.Visited visited = visitHost(server.port(), addresses);

            assertEquals(Probe.MOST_ADDRESSES, visited.addresses().size());
            assertEquals(51 - Probe.MOST_ADDRESSES, visited.omitted());
            assertEquals(
                    1,
                    visited.addresses().stream()
                            .filter(fact -> fact.addressText().startsWith("["))
                            .count());
        }
    }

    @Test
    void aResolverThatHangsCostsAtMostTheDeadline() {
        CountDownLatch answered = new CountDownLatch(1);
        Resolver hanging = name -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        long began = System.nanoTime();

        HostFacts facts = new Probe(
                        hanging,
                        LocalVisits.LOOPBACK,
                        DEADLINE,
                        Optional.empty(),
                        Optional.empty(),
                        engine,
                        Turnstile.OPEN,
                        threads)
                .visit(Target.parse("https://hanging.certtide.test"), new Countdown(DEADLINE));

        assertWithinDeadline(began);
        assertEquals(new HostFacts.Unresolved("no name server answered within 700 ms"), facts);
        answered.countDown();
    }

    @Test
    void aPlatformThreadIsKeptNoLongerThanAVirtualOne() {
        try (Listener server = Listener.start(Misbehaviour.SILENCE)) {
            long began = System.nanoTime();

            HostFacts.Visited visited = visitHere(server.port(), List.of("127.0.0.1"), DEADLINE);

            assertWithinDeadline(began);
            assertEquals(
                    new Ending.TimedOut(Ending.Step.HANDSHAKE, DEADLINE),
                    visited.addresses().getFirst().ending());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsInterruptedLearnsAtOnceThatThereIsNoResult(boolean isVirtual) throws Exception {
        Duration never = Duration.ofMinutes(10);
        Semaphore met = new Semaphore(0);
        Listener.Conversation silence = connection -> {
            met.release();
            Misbehaviour.SILENCE.hold(connection);
        };
        try (Listener server = Listener.start(silence)) {
            for (List<String> addresses : List.of(List.of("127.0.0.1"), List.of("127.0.0.1", "127.0.0.2"))) {
                var visit = new FutureTask<>(() -> visitHere(server.port(), addresses, never));
                Thread caller = isVirtual ? threads.newThread(visit) : new Thread(visit);
                caller.start();
                met.acquire();

                caller.interrupt();

                var failure = assertThrows(ExecutionException.class, () -> visit.get(10, TimeUnit.SECONDS));
                assertInstanceOf(CancellationException.class, failure.getCause());
            }
        }
    }

    private List<AddressFacts> visit(int port, List<String> addresses) {
        return visitHost(port, addresses).addresses();
    }

    private HostFacts.Visited visitHost(int port, List<String> addresses) {
        var visit = new FutureTask<>(() -> visitHere(port, addresses, DEADLINE));
        threads.newThread(visit).start();
        try {
            return visit.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private HostFacts.Visited visitHere(int port, List<String> addresses, Duration deadline) {
        Resolver resolver =
                name -> addresses.stream().map(InetAddress::ofLiteral).toList();
        AddressGuard guard = LocalVisits.LOOPBACK.allowingNetworks("127.0.0.0/8,::1/128");
        HostFacts facts = new Probe(
                        resolver, guard, deadline, Optional.empty(), Optional.empty(), engine, Turnstile.OPEN, threads)
                .visit(new Target(Protocol.HTTPS, "hostile.certtide.test", port), new Countdown(deadline));
        return assertInstanceOf(HostFacts.Visited.class, facts);
    }

    private static void assertWithinDeadline(long began) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(DEADLINE.plus(GRACE)) < 0, () -> "took " + took);
    }
}
