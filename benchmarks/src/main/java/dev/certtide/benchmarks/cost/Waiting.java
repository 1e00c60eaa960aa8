package dev.certtide.benchmarks.cost;

import java.util.List;

/**
 * How long an invocation waits for the servers that it checks: as long as the slowest of them takes, since all are
 * checked at once. Servers on this machine answer at once, so this part is computed.
 *
 * @param steps how long checks take, quickest first
 */
record Waiting(List<Step> steps) {
    /**
     * So many of all checks take that long.
     *
     * @param share of all checks, 0 to 1
     * @param seconds from the name to the end of the handshake
     */
    record Step(double share, double seconds) {}

    /**
     * An assumption about servers that are well, anywhere in the world: nine of ten within 150 ms, one in a thousand
     * needs four seconds.
     */
    static final Waiting WORLDWIDE =
            new Waiting(List.of(new Step(0.9, 0.15), new Step(0.09, 0.5), new Step(0.009, 1.5), new Step(0.001, 4)));

    Waiting {
        steps = List.copyOf(steps);
    }

    /** The mean of the slowest of so many. */
    double secondsOfSlowest(double targets) {
        double mean = 0;
        double within = 0;
        double before = 0;
        for (var step : steps) {
            within += step.share();
            double all = Math.pow(Math.min(1, within), targets);
            mean += (all - before) * step.seconds();
            before = all;
        }
        return mean;
    }
}
