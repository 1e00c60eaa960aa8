package dev.certtide.simulation;

import java.util.stream.LongStream;

/** Runs worlds of one seed after the other and reports: {@code benchmarks/run.sh Simulation [STEPS]}. */
public final class Simulations {
    private static final long STEPS = 1_000_000;

    /** A seed to replay, and no other. */
    static final String SEED = "certtide.simulation.seed";

    private Simulations() {}

    /**
     * At least so many steps, a million unless told otherwise, or {@code --seed=N} alone; ends with an error when an
     * invariant does not hold.
     */
    public static void main(String... arguments) {
        var start = System.nanoTime();
        var argument = arguments.length > 0 ? arguments[0] : Long.toString(STEPS);
        var report = argument.startsWith("--seed=")
                ? run(Long.parseLong(argument.substring("--seed=".length())), 1)
                : steps(Long.parseLong(argument.replaceAll("[_,]", "")));
        System.out.println(report);
        System.out.printf("seconds %.1f%n", (System.nanoTime() - start) / 1e9);
    }

    private static Report steps(long steps) {
        var report = Report.NOTHING;
        for (long seed = 1; report.steps() < steps; seed++) {
            report = report.plus(run(seed, 1));
        }
        return report;
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
