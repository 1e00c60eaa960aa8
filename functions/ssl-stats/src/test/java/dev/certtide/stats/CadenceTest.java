package dev.certtide.stats;

import static dev.certtide.stats.DeployedStats.SHOP;
import static dev.certtide.stats.DeployedStats.result;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often a target is checked from now on. */
class CadenceTest extends WithStats {
    @Test
    void theNewestResultIsKeptAndSetsTheCadence() {
        handle(result(0, Status.OK, 90));
        assertScheduled(Cadence.DAILY);
        handle(result(2, Status.CRITICAL, 90));
        assertScheduled(Cadence.HOURLY);
        handle(result(1, Status.OK, 90));
        assertScheduled(Cadence.HOURLY);
        assertEquals(Optional.of(result(2, Status.CRITICAL, 90)), stats.results.latest(SHOP));
        handle(result(3, Status.OK, 12));
        assertScheduled(Cadence.SIX_HOURLY);
        handle(result(4, Status.OK, 398), result(4, Status.OK, 398));
        assertScheduled(Cadence.DAILY);
    }

    /** Certificates end a second before the full day (RFC 5280, 4.1.2.5: both ends are included). */
    @Test
    void aCertificateOfTenOrFortyDaysIsSeenAsOftenAsOneThatLivesLonger() {
        handle(result(0, Status.OK, Duration.ofDays(40).minusSeconds(1)));
        assertScheduled(Cadence.DAILY);
        handle(result(1, Status.OK, Duration.ofDays(10).minusSeconds(1)));
        assertScheduled(Cadence.SIX_HOURLY);
        handle(result(2, Status.OK, Duration.ofDays(10).minusSeconds(2)));
        assertScheduled(Cadence.HOURLY);
    }

    @Test
    void aTargetThatNobodyWatchesAnyMoreIsNotPutBackOnTheSchedule() {
        stats.config.unschedule(SHOP);
        handle(result(0, Status.CRITICAL, 90));
        assertEquals(
                List.of(),
                stats.config.dueInOrder(Slot.of(SHOP, Cadence.HOURLY)).toList());
        assertEquals(Status.CRITICAL, stats.results.latest(SHOP).orElseThrow().status());
    }

    private void assertScheduled(Cadence expected) {
        for (var cadence : Cadence.values()) {
            assertEquals(
                    cadence == expected ? 1 : 0,
                    stats.config.dueInOrder(Slot.of(SHOP, cadence)).toList().size(),
                    cadence.toString());
        }
    }

    private void handle(CheckResult... results) {
        assertEquals(List.of(), stats.handle(results));
    }
}
