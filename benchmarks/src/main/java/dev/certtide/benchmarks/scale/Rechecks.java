package dev.certtide.benchmarks.scale;

import dev.certtide.benchmarks.probe.Machine;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.history.Outcome;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many re-checks a second the whole path does on this machine, and what one costs, for fleets of different sizes:
 * {@code recheck} reads the schedule, {@code ssl-checker} checks, {@code ssl-stats} writes down that nothing has changed.
 */
public final class Rechecks {
    /** A whole hour, far from today. */
    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
    private static final int MOST_TARGETS = 1_000_000;

    /** Small fleets are checked again and again until as many checks were made. */
    private static final int CHECKS = 100_000;

    private static final int MOST_ROUNDS = 10;

    /**
     * All rounds of all sizes are to fit into a day, a round being an hour: what is wrong for longer is told again with
     * newer words, and that is no unchanged check.
     */
    private static final int WARM_UP_ROUNDS = 8;

    private static final int TLS_NAMES = 10_000;
    private static final int TLS_WARM_UP_ROUNDS = 3;
    private static final int TLS_ROUNDS = 3;

    /** The argument that means them. */
    private static final String TLS = "tls";

    /** Minutes of the hour, of which a million targets fill fifty. */
    private static final int FIRST_MINUTE = 1;

    private static final int PER_MINUTE = 20_000;

    /** Two cores do the handshakes of both ends: were more in flight, checks would run out of time. */
    private static final int TLS_PER_MINUTE = 2_000;

    /** The largest fleet that is profiled: a round of it is enough to see something. */
    private static final int MOST_PROFILED = 100_000;

    private Rechecks() {}

    /**
     * One line of the table.
     *
     * @param targets on the schedule
     * @param checks that were made
     */
    private record Measured(String farEnd, int targets, int checks, Used used) {
        double perCheck(long nanos) {
            return nanos / 1e6 / checks;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,.0f | %.3f | %.3f | %.3f |",
                    farEnd,
                    targets,
                    checks,
                    checks / (used.elapsed() / 1e9),
                    perCheck(used.cpu()),
                    perCheck(used.here()),
                    perCheck(used.tables()));
        }
    }

    /**
     * Arguments: sizes of fleets whose far end refuses, in targets, up to 1,000,000; {@code tls} for 10,000 of real TLS.
     * Without any 10,000, 100,000, 1,000,000 and TLS.
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        var wanted = List.of(arguments);
        var sizes = wanted.isEmpty()
                ? SIZES
                : wanted.stream()
                        .filter(argument -> !argument.equals(TLS))
                        .map(Rechecks::size)
                        .sorted()
                        .toList();
        System.out.printf(
                "- Measured %s on %s.%n- Java %s%n", LocalDate.now(), Machine.description(), Runtime.version());
        try (var port = new ClosedPort();
                var hosts = new TlsHosts(TLS_NAMES, START)) {
            if (!sizes.isEmpty()) {
                var last = outcome(port.target(0), hosts);
                closedPort(hosts, new Fleet(port::target, true, last, FIRST_MINUTE, PER_MINUTE), sizes);
            }
            if (wanted.isEmpty() || wanted.contains(TLS)) {
                var last = outcome(hosts.target(0), hosts);
                realTls(hosts, new Fleet(hosts::target, false, last, FIRST_MINUTE, TLS_PER_MINUTE));
            }
        }
    }

    private static int size(String argument) {
        int targets = Integer.parseInt(argument);
        if (targets < 1 || targets > MOST_TARGETS) {
            throw new IllegalArgumentException(argument + " is not between 1 and " + MOST_TARGETS);
        }
        return targets;
    }

    private static void closedPort(TlsHosts hosts, Fleet fleet, List<Integer> sizes)
            throws IOException, InterruptedException {
        try (var cloud = new Cloud(hosts.environment(), START)) {
            closedPort(cloud, fleet, sizes);
        }
    }

    private static void closedPort(Cloud cloud, Fleet fleet, List<Integer> sizes)
            throws IOException, InterruptedException {
        System.out.println("\nA far end that refuses:\n");
        head();
        var measured = new ArrayList<Measured>();
        var engine = new ArrayList<String>();
        List<String> profile = List.of();
        int scheduled = 0;
        for (int size : sizes) {
            // What is scheduled in the midst of an hour would have its turn in the rest of it, unmeasured.
            cloud.turnTo(cloud.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
            cloud.schedule(fleet, scheduled, size);
            scheduled = size;
            if (measured.isEmpty()) {
                rounds(cloud, fleet, size, WARM_UP_ROUNDS);
            }
            int rounds = Math.clamp(CHECKS / size, 1, MOST_ROUNDS);
            measured.add(new Measured("refuses", size, size * rounds, rounds(cloud, fleet, size, rounds)));
            System.out.println(measured.getLast());
            engine.add(String.format(Locale.ROOT, "| %,d | %s |", size, TableEngine.measure(cloud, fleet)));
            if (profile.isEmpty() || size <= MOST_PROFILED) {
                profile = profile(cloud, fleet, size);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nCPU per check, %,d targets to %,d: %+.1f %%.%n%n",
                measured.getFirst().targets(),
                scheduled,
                100.0
                        * (measured.getLast().perCheck(measured.getLast().used().cpu())
                                        / measured.getFirst()
                                                .perCheck(measured.getFirst()
                                                        .used()
                                                        .cpu())
                                - 1));
        System.out.println("The table engine alone:\n");
        System.out.println("| targets | resident, MB | reading 1,000 of the index, CPU ms |\n| ---: | ---: | ---: |");
        engine.forEach(System.out::println);
        tell("its far end refuses", profile);
    }

    /** In a cloud of its own: on the schedule of the other fleet it would be checked in every hour of that, too. */
    private static void realTls(TlsHosts hosts, Fleet fleet) throws IOException, InterruptedException {
        try (var cloud = new Cloud(hosts.environment(), START)) {
            cloud.schedule(fleet, 0, TLS_NAMES);
            rounds(cloud, fleet, TLS_NAMES, TLS_WARM_UP_ROUNDS);
            var used = rounds(cloud, fleet, TLS_NAMES, TLS_ROUNDS);
            System.out.println("\nReal TLS:\n");
            head();
            System.out.println(new Measured("TLS", TLS_NAMES, TLS_NAMES * TLS_ROUNDS, used));
            tell("its far end speaks TLS", profile(cloud, fleet, TLS_NAMES));
        }
    }

    private static void head() {
        System.out.println(
                "| far end | targets | checks | checks/s | CPU per check, ms | of it functions, queues, topics"
                        + " | table engine |");
        System.out.println("| --- |" + " ---: |".repeat(6));
    }

    private static void tell(String farEnd, List<String> profile) {
        System.out.println(
                "\nWhere the CPU time of a check goes, when " + farEnd + ":\n\n| | ms | |\n| --- | ---: | ---: |");
        profile.forEach(System.out::println);
    }

    private static Used rounds(Cloud cloud, Fleet fleet, int targets, int rounds) {
        var used = Used.NOTHING;
        for (int i = 0; i < rounds; i++) {
            var round = new Round(cloud, fleet, targets);
            round.prepare();
            used = used.plus(round.run());
        }
        return used;
    }

    private static List<String> profile(Cloud cloud, Fleet fleet, int targets) throws IOException {
        var round = new Round(cloud, fleet, targets);
        round.prepare();
        try (var profile = CpuByPlace.start()) {
            return profile.stop(round.run(), targets);
        }
    }

    /** What a check comes to, by the checker itself. */
    private static Outcome outcome(Target target, TlsHosts hosts) {
        return Outcome.of(TlsChecker.builder()
                .guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535")))
                .resolver(Resolver.dns().after(hosts.files().hosts()))
                .anchors(TrustAnchors.ofMozilla()
                        .and(TrustAnchors.certificatesOf(hosts.files().rootPem())))
                .build()
                .check(target, InstantSource.fixed(START)));
    }
}
