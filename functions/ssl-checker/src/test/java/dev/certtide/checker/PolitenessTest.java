package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.probe.TlsChecker;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much is asked of others at once, as servers on this machine count it. */
class PolitenessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration PLENTY = Duration.ofMinutes(1);

    @Test
    void namesBehindOneNetworkAreVisitedAFewAtATime() {
        try (var servers = SlowServers.start(1, Duration.ofMillis(50))) {
            var round = check(
                    new Politeness(9, 3),
                    24,
                    i -> "host-" + i + ".test:" + servers.ports().getFirst());

            assertEquals(24, round.checked().size());
            assertEquals(3, servers.peak());
        }
    }

    @Test
    void portsOfOneHostAreVisitedAFewAtATime() {
        try (var servers = SlowServers.start(8, Duration.ofMillis(50))) {
            var round = check(
                    new Politeness(2, 9), 8, i -> "one.test:" + servers.ports().get(i));

            assertEquals(8, round.checked().size());
            assertEquals(2, servers.peak());
        }
    }

    @Test
    void whoWaitsForItsTurnHasAllOfItsTimeThen() {
        try (var servers = SlowServers.start(1, Duration.ofMillis(200))) {
            var round = check(
                    new Politeness(9, 1),
                    6,
                    i -> "host-" + i + ".test:" + servers.ports().getFirst());

            assertEquals(
                    List.of("handshake-failed"),
                    round.checked().stream()
                            .flatMap(checked -> checked.result().addresses().stream())
                            .map(address -> address.ending())
                            .distinct()
                            .toList());
        }
    }

    @Test
    void otherNetworksDoNotWait() throws Exception {
        var politeness = new Politeness(1, 1);
        try (var _ = enter(politeness, "192.0.2.1");
                var _ = enter(politeness, "192.0.3.1");
                var _ = enter(politeness, "2001:db8:1::1");
                var _ = enter(politeness, "2001:db8:2::1")) {
            assertThrows(NoTurnException.class, () -> enter(politeness, "192.0.2.255"));
            assertThrows(NoTurnException.class, () -> enter(politeness, "2001:db8:1:ffff::1"));
        }
        enter(politeness, "192.0.2.255").close();
    }

    @Test
    void aHostWithMoreAddressesThanItsNetworkHasPlacesTakesThemAll() throws Exception {
        var politeness = new Politeness(1, 3);
        var eight = IntStream.range(0, 8).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
        try (var _ = enter(politeness, eight)) {
            assertThrows(NoTurnException.class, () -> enter(politeness, "192.0.2.99"));
        }
        enter(politeness, eight).close();
    }

    @Test
    void aKindsPlacesAreItsOwnAndFreeAgainWhenTheyAreLeft() throws Exception {
        var turns = new Turns(1);
        turns.enter("a", 1, soon());
        turns.enter("b", 1, soon());
        assertThrows(NoTurnException.class, () -> turns.enter("a", 1, soon()));
        turns.leave("a", 1);
        turns.enter("a", 1, soon());
        assertThrows(NoTurnException.class, () -> turns.enter("b", 1, soon()));
        turns.leave("b", 1);
        turns.leave("a", 1);
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofMillis(50).toNanos();
    }

    private static Politeness.Turn enter(Politeness politeness, String... addresses) throws InterruptedException {
        return ScopedValue.where(Politeness.LATEST_BEGIN, soon())
                .call(() -> politeness.enter(
                        Stream.of(addresses).map(InetAddress::ofLiteral).toList()));
    }

    private static Checks.Round check(Politeness politeness, int count, IntFunction<String> target) {
        var checker = TlsChecker.builder()
                .guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL))
                .resolver(_ -> List.of(InetAddress.ofLiteral("127.0.0.1")))
                .deadline(DEADLINE)
                .turnstile(politeness)
                .build();
        return new Checks(checker, politeness, InstantSource.system())
                .of(
                        IntStream.range(0, count)
                                .mapToObj(i -> new Due(Target.parse(target.apply(i)), false))
                                .toList(),
                        _ -> List.of(),
                        System.nanoTime() + PLENTY.toNanos());
    }
}
