package dev.certtide.simulation;

import java.util.stream.LongStream;

/** Runs worlds of one seed after the other and reports: {@code benchmarks/run.sh Simulation [STEPS]}. */
public final class Simulations {
    private static final long STEPS = 1_000_000;

    /** A seed to replay, and no other. */
    static final String SEED = "certtide.simulation.seed";

    private Simulations() {}

    /** At least so many steps, a million unless told otherwise; ends with an error when an invariant does not hold. */
    public static void main(String... arguments) {
        long steps = arguments.length > 0
                ? Long.parseLong(arguments[0].replace("_", "").replace(",", ""))
                : STEPS;
        var start = System.nanoTime();
        var only = Long.getLong(SEED);
        var report = Report.NOTHING;
        if (only != null) {
            report = new Simulation(only, Scale.of(only)).run();
        } else {
            for (long seed = 1; report.steps() < steps; seed++) {
                report = report.plus(new Simulation(seed, Scale.of(seed)).run());
            }
        }
        System.out.println(report);
        System.out.printf("seconds %.1f%n", (System.nanoTime() - start) / 1e9);
    }

    /**
     * The report of so many seeds.
     *
     * @throws Violation when an invariant does not hold
     */
    static Report run(long first, int seeds) {
        return LongStream.range(first, first + seeds)
                .mapToObj(seed -> new Simulation(seed, Scale.of(seed)).run())
                .reduce(Report.NOTHING, Report::plus);
    }
}
