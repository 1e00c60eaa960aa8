package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever pauses or removes a watch, and comes back while the trouble lasts, is told of it again. */
class ComingBackTest {
    private final DeployedFailures failures = new DeployedFailures();

    @BeforeEach
    void watched() {
        failures.watch(watch(JANE, MAIL));
    }

    @Test
    void whoComesBackAfterMonthsHearsOfWhatStillStands() {
        failures.result(result(CRITICAL, 0));
        assertEquals(List.of("opened:critical shop.example"), failures.told());
        leave();
        failures.pass(Duration.ofDays(60));

        failures.watch(watch(JANE, MAIL));

        assertEquals(List.of("opened:critical shop.example"), failures.told());
        failures.result(result(OK, 60 * 24 * 60 + 1));
        assertEquals(List.of("recovered:ok shop.example"), failures.told());
    }

    @Test
    void whoComesBackAgainAndAgainHearsOfItEachTime() {
        failures.result(result(CRITICAL, 0));
        failures.told();
        for (int i = 0; i < 3; i++) {
            leave();
            failures.pass(Duration.ofMinutes(10));
            failures.result(result(CRITICAL, 10 * (i + 1)));
            failures.watch(watch(JANE, MAIL));
            failures.watch(watch(JANE, MAIL));

            assertEquals(List.of("opened:critical shop.example"), failures.told());
        }
    }

    @Test
    void whatWasGatheredBeforeAPauseIsGatheredAgainAfterIt() {
        failures.policy(JANE, Policies.digest("08:00", WARNING));
        failures.result(result(WARNING, 0));
        leave();
        failures.pass(Duration.ofHours(1));
        failures.watch(watch(JANE, MAIL));

        failures.pass(Duration.ofDays(1));

        var told = failures.notifications();
        assertEquals(1, told.size());
        assertEquals(1, told.getFirst().lines().size());
        assertEquals(WARNING, told.getFirst().lines().getFirst().status());
    }

    private void leave() {
        failures.watch(Samples.paused(watch(JANE, MAIL)));
        assertEquals(List.of(), failures.told());
    }
}
