package dev.certtide.benchmarks.cost;

import dev.certtide.benchmarks.cost.Sites.Group;
import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Usage;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a million checks cost on AWS: every request of one minute of a fleet is counted by its billing unit, on the whole
 * stack with real TLS, and priced. Ours and the naive design in the same run.
 */
public final class CostNumbers {
    private static final double MILLION = 1e6;
    private static final int MINUTES_OF_A_DAY = 1440;

    /** Far from today, so that nothing else is due. */
    private static final Instant MINUTE = Instant.parse("2027-03-01T12:00:00Z");

    private static final int A_MILLION_A_DAY = 694;

    private static final String UNCHANGED = "unchanged";
    private static final String NAIVE = "naive, unchanged";
    private static final String PLOT = "--plot=";
    private static final int WARM_UP = 100;
    private static final int NEWCOMERS = 200;

    /** The schedule makes up for a gap in so many minutes. */
    private static final int ROUNDS_OF_CATCHING_UP = 3;

    private static final String CHECKER = "certtide-local-ssl-checker";
    /** Memory of the function that waits. */
    private static final double CHECKER_GIGABYTES = 1;

    private CostNumbers() {}

    /**
     * What was counted.
     *
     * @param bill of so many checks
     * @param invocations of the checker
     */
    private record Round(String name, Bill bill, int checks, double invocations) {
        static Round of(String name, Usage usage, int checks, double invocations) {
            double waiting = invocations * Waiting.WORLDWIDE.secondsOfSlowest(checks / invocations) * CHECKER_GIGABYTES;
            var prices = Prices.US_EAST_1;
            return new Round(
                    name,
                    Bill.of(usage, prices).plus(Charge.LAMBDA_GB_SECONDS, prices.of(Charge.LAMBDA_GB_SECONDS, waiting)),
                    checks,
                    invocations);
        }

        double perMillion() {
            return bill.total() / checks * MILLION;
        }

        double perMillion(Charge charge) {
            return bill.of(charge) / checks * MILLION;
        }
    }

    /**
     * Arguments: how many targets are due in one minute of the day (694, which make a million checks a day), smallest
     * first; {@code --plot=FOLDER} to draw them.
     */
    public static void main(String... arguments) throws IOException {
        var sizes = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .map(Integer::valueOf)
                .toList();
        var unchanged = new TreeMap<Double, Double>();
        var naive = new TreeMap<Double, Double>();
        for (int targets : sizes.isEmpty() ? List.of(A_MILLION_A_DAY) : sizes) {
            var rounds = measure(targets);
            print(targets, rounds);
            double perDay = (double) targets * MINUTES_OF_A_DAY;
            rounds.forEach(round -> {
                switch (round.name()) {
                    case UNCHANGED -> unchanged.put(perDay, round.perMillion());
                    case NAIVE -> naive.put(perDay, round.perMillion());
                    default -> {}
                }
            });
        }
        for (var argument : arguments) {
            if (argument.startsWith(PLOT)) {
                plot(Path.of(argument.substring(PLOT.length())), unchanged, naive);
            }
        }
    }

    private static List<Round> measure(int targets) throws IOException {
        var fleet = new Group(targets, MINUTE);
        var strangers = new Group(WARM_UP, MINUTE.plus(Duration.ofHours(1)));
        var newcomers = new Group(NEWCOMERS, MINUTE.plus(Duration.ofHours(2)));
        var start = MINUTE.minus(Duration.ofMinutes(3));
        try (var sites = new Sites(fleet, strangers, newcomers);
                var stack = new MeteredStack(sites.environment(), start);
                var naive = new NaiveDesign(stack, checker(sites), () -> MINUTE)) {
            stack.turnTo(start);
            var rounds = new ArrayList<Round>();
            // What comes first warms up, with the same work, and is not shown.
            signUp(stack, sites.targets(strangers));
            rounds.add(signUp(stack, sites.targets(newcomers)));
            stack.schedule(sites.targets(fleet));
            catchUp(stack, MINUTE);
            rounds.add(minute("first check", stack, targets));
            expect(targets + WARM_UP + NEWCOMERS, stack.results("LATEST").size(), "results");
            nextDay(stack);
            minute(UNCHANGED, stack, targets);
            nextDay(stack);
            rounds.add(minute(UNCHANGED, stack, targets));
            sites.renew(fleet);
            nextDay(stack);
            rounds.add(minute("changed", stack, targets));
            // Of each its first result and that of the renewal; of those who signed up, nothing has changed.
            expect(2 * targets, stack.results("HISTORY#", sites.targets(fleet)), "items of the fleet's history");
            expect(2 * targets, stack.results("HISTORY#").size(), "items of history");
            naive.check(sites.targets(fleet), MINUTE);
            rounds.add(naive(stack, naive, sites.targets(fleet)));
            return rounds;
        }
    }

    private static void plot(Path folder, Map<Double, Double> unchanged, Map<Double, Double> naive) throws IOException {
        Files.createDirectories(folder);
        var plot = new Plot("Dollars per million checks of unchanged certificates", "checks a day", "dollars")
                .logarithmic();
        plot.line("the naive design", naive);
        plot.line("Certtide", unchanged);
        plot.write(folder.resolve("cost.png"));
    }

    private static Round signUp(MeteredStack stack, List<Target> newcomers) {
        return round("sign-up and first check", stack, newcomers.size(), () -> stack.signUp(newcomers));
    }

    /** The minute in which the fleet is due. */
    private static Round minute(String name, MeteredStack stack, int targets) {
        return round(name, stack, targets, () -> stack.turnTo(stack.now().plus(Duration.ofMinutes(1))));
    }

    private static void nextDay(MeteredStack stack) {
        catchUp(stack, stack.now().plus(Duration.ofDays(1)));
    }

    /** What was due until then has a turn in the three minutes before, and none in the one that is measured. */
    private static void catchUp(MeteredStack stack, Instant minute) {
        for (int minutes = ROUNDS_OF_CATCHING_UP; minutes > 0; minutes--) {
            stack.turnTo(minute.minus(Duration.ofMinutes(minutes)));
        }
    }

    private static Round round(String name, MeteredStack stack, int targets, Runnable work) {
        var usage = stack.whileDoing(work);
        detail(name, targets, usage);
        return Round.of(name, usage, targets, usage.of(Charge.LAMBDA_REQUESTS, CHECKER));
    }

    private static Round naive(MeteredStack stack, NaiveDesign naive, List<Target> targets) {
        var before = naive.lambda();
        var usage = stack.whileDoing(() -> naive.check(targets, MINUTE.plus(Duration.ofDays(1))));
        var lambda = naive.lambda().since(before);
        int checks = targets.size();
        double invocations = Math.ceilDiv(checks, NaiveDesign.AT_ONCE);
        var all = Round.of(NAIVE, usage, checks, invocations);
        var more = Bill.of(lambda, Prices.US_EAST_1);
        var bill = all.bill();
        for (var charge : Charge.values()) {
            bill = bill.plus(charge, more.of(charge));
        }
        return new Round(all.name(), bill, checks, invocations);
    }

    private static TlsChecker checker(Sites sites) {
        return TlsChecker.builder()
                .guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535")))
                .resolver(Resolver.dns().after(sites.files().hosts()))
                .anchors(TrustAnchors.ofMozilla()
                        .and(TrustAnchors.certificatesOf(sites.files().rootPem())))
                .build();
    }

    /** What is behind a column, on the other stream: the units of each resource in a check. */
    private static void detail(String name, int checks, Usage usage) {
        usage.amounts().forEach((charge, resources) -> resources.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(resource -> System.err.printf(
                        "%s: %s of %s: %.5f%n", name, charge, resource.getKey(), resource.getValue() / checks)));
    }

    private static void print(int targets, List<Round> rounds) {
        var prices = Prices.US_EAST_1;
        System.out.printf(
                "%,d targets in one minute: %,d checks a day. Prices of %s, %s.%n%n",
                targets, targets * MINUTES_OF_A_DAY, prices.asOf(), prices.region());
        row("dollars per million checks", rounds, Round::name);
        System.out.println("| --- |" + " ---: |".repeat(rounds.size()));
        for (var charge : prices.dollars().keySet().stream().sorted().toList()) {
            row(charge.name().toLowerCase().replace('_', ' '), rounds, round -> dollars(round.perMillion(charge)));
        }
        row("**total**", rounds, round -> "**" + dollars(round.perMillion()) + "**");
        row("checks per invocation", rounds, round -> "%.0f".formatted(round.checks() / round.invocations()));
        System.out.printf(
                "%nBesides, whatever the number of targets: %s a day for each queue that a function waits at.%n",
                dollars(prices.dollarsOfIdleQueuePerDay()));
    }

    private static void row(String name, List<Round> rounds, Function<Round, String> cell) {
        System.out.println("| " + name + " | "
                + String.join(" | ", rounds.stream().map(cell).toList()) + " |");
    }

    private static String dollars(double amount) {
        return "$%.4f".formatted(amount);
    }

    private static void expect(int expected, int actual, String what) {
        if (expected != actual) {
            throw new IllegalStateException(actual + " " + what + ", not " + expected);
        }
    }
}
