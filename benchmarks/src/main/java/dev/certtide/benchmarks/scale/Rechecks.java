package dev.certtide.benchmarks.scale;

import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.history.Outcome;
import dev.certtide.probe.TlsChecker;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many re-checks a second the whole path does on this machine, and what one costs, for fleets of different sizes:
 * {@code recheck} reads the schedule, {@code ssl-checker} checks, {@code ssl-stats} writes down what has not changed.
 */
public final class Rechecks {
    /** Far from today, and a whole hour. */
    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

    /** Small fleets are checked again and again until as many checks were made. */
    private static final int CHECKS = 100_000;

    private static final int WARM_UP_ROUNDS = 4;

    private Rechecks() {}

    /** Arguments: sizes of fleets, in targets, ascending (10,000, 100,000 and 1,000,000). */
    public static void main(String... arguments) throws IOException, InterruptedException {
        var sizes = arguments.length == 0
                ? SIZES
                : Arrays.stream(arguments).map(Integer::valueOf).sorted().toList();
        try (var port = new ClosedPort();
                var cloud = new Cloud(
                        Map.of("CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8", "CERTTIDE_ALLOWED_PORTS", "1-65535"),
                        START)) {
            var fleet = new Fleet(port::target, true, outcome(port.target(0)), 1);
            System.out.println("| targets | checks | checks/s | CPU per check, ms | of it functions and queues |"
                    + " table engine | table engine's memory, MB | a read of the index, ms per 1,000 |");
            System.out.println("| ---: ".repeat(8) + "|");
            int scheduled = 0;
            for (int size : sizes) {
                cloud.schedule(fleet, scheduled, size);
                scheduled = size;
                measure(cloud, fleet, size, size == sizes.getFirst() ? WARM_UP_ROUNDS : 0);
            }
        }
    }

    private static void measure(Cloud cloud, Fleet fleet, int size, int warmUp) throws IOException {
        var round = new Round(cloud, fleet, size);
        for (int i = 0; i < warmUp; i++) {
            round.run();
        }
        var used = Used.NOTHING;
        int rounds = Math.max(1, CHECKS / size);
        for (int i = 0; i < rounds; i++) {
            used = used.plus(round.run());
        }
        double checks = (double) size * rounds;
        System.out.printf(
                Locale.ROOT,
                "| %,d | %,.0f | %,.0f | %.3f | %.3f | %.3f | |%n",
                size,
                checks,
                checks / used.elapsed() * 1e9,
                used.cpu() / checks / 1e6,
                used.here() / checks / 1e6,
                used.tables() / checks / 1e6);
    }

    private static Outcome outcome(Target target) {
        var result = TlsChecker.builder()
                .guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535")))
                .build()
                .check(target, InstantSource.fixed(START));
        return Outcome.of(result);
    }
}
