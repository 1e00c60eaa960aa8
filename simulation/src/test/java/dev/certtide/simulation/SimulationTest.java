package dev.certtide.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Worlds of many seeds: whatever goes wrong, the invariants hold. */
class SimulationTest {
    @Test
    void oneHostOfOneOwnerIsToldOfInGoodOrder() {
        run(Scale.THIN, 1, 20);
    }

    private static void run(Scale scale, long first, int seeds) {
        var report = LongStream.range(first, first + seeds)
                .mapToObj(seed -> new Simulation(seed, scale).run())
                .reduce(Report.NOTHING, Report::plus);
        System.out.println(report);
    }
}
