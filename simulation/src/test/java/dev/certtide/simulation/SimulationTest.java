package dev.certtide.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Worlds of many seeds: whatever goes wrong, the invariants hold. What breaks one tells its seed; to see that again, run
 * this test with {@code -Dcerttide.simulation.seed=N}.
 */
class SimulationTest {
    private static final int SEEDS = 200;
    private static final int THIN_SEEDS = 20;

    @Test
    void whateverGoesWrongTheInvariantsHold() {
        var only = Long.getLong(Simulations.SEED);
        var report = only == null ? Simulations.run(1, SEEDS) : Simulations.run(only, 1);
        System.out.println(report);
        assertTrue(only != null || report.faults().size() == 10, "All kinds of faults: " + report.faults());
    }

    @Test
    void oneHostOfOneOwnerIsToldOfInGoodOrder() {
        var report = LongStream.rangeClosed(1, THIN_SEEDS)
                .mapToObj(seed -> new Simulation(seed, Scale.THIN).run())
                .reduce(Report.NOTHING, Report::plus);
        assertEquals(report.told().get("opened"), report.told().get("recovered"));
    }

    @Test
    void theSameSeedIsTheSameStory() {
        assertEquals(new Simulation(7, Scale.USUAL).run(), new Simulation(7, Scale.USUAL).run());
    }
}
