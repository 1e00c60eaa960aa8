package dev.certtide.stats;

import static dev.certtide.stats.DeployedStats.NOON;
import static dev.certtide.stats.DeployedStats.SHOP;
import static dev.certtide.stats.DeployedStats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Results by clocks that are ahead: the newest counts, so one of them would hide all that come until then. */
class FromTheFutureTest extends WithStats {
    private static final Target OTHER = Target.parse("other.example");
    private static final Instant NEXT_YEAR = NOON.plus(Duration.ofDays(400));
    private static final Duration PLENTY = Duration.ofSeconds(60);

    @Test
    void aResultFromTheFutureIsRefusedWithItsReasonAndHidesNothing() {
        var early = result(SHOP, NEXT_YEAR, Status.OK);
        var other = result(OTHER, NOON, Status.OK);
        assertEquals(List.of(), stats.handle(PLENTY, message(other, early)));

        var now = result(SHOP, NOON, Status.CRITICAL);
        assertEquals(List.of(), stats.handle(now));
        assertEquals(Optional.of(now), stats.results.latest(SHOP));
        assertEquals(Optional.of(other), stats.results.latest(OTHER), "it spoils no others");
        var kept = stats.deadLetters().getFirst();
        assertEquals(message(early), kept.body());
        assertEquals("[1].data.checkedAt", kept.messageAttributes().get("field").stringValue());
        assertEquals(
                "[1].data.checkedAt: lies more than 5 minutes ahead of our clock; "
                        + "set the clock right by which it was checked, and check again",
                kept.messageAttributes().get("reason").stringValue());
    }

    @Test
    void aResultThatIsALittleAheadCounts() {
        var ahead = result(SHOP, NOON.plusSeconds(300), Status.OK);
        assertEquals(List.of(), stats.handle(PLENTY, message(ahead)));
        assertEquals(Optional.of(ahead), stats.results.latest(SHOP));
        assertEquals(List.of(), stats.deadLetters());
    }

    @Test
    void aResultOfAnotherAgeIsRefusedLikeAnyOfTheFuture() {
        var early = result(SHOP, Instant.parse("+99999-01-01T00:00:00Z"), Status.OK);
        assertEquals(List.of(), stats.handle(PLENTY, message(early)));
        assertEquals(Optional.empty(), stats.results.latest(SHOP));
        assertEquals(1, stats.deadLetters().size());
    }

    @Test
    void aRunFromTheFutureIsRefusedWithItsReason() {
        assertEquals(List.of(), stats.handle(PLENTY, unchanged(NEXT_YEAR)));
        assertTrue(stats.resultsTable.query("SLOT#daily#7.1", "").isEmpty());
        var kept = stats.deadLetters().getFirst();
        assertEquals(unchanged(NEXT_YEAR), kept.body());
        assertEquals("[0].data.to", kept.messageAttributes().get("field").stringValue());
    }

    private static String unchanged(Instant at) {
        var run = new SslUnchanged("daily#7.1", at, at, at, SHOP, SHOP, 1, List.of());
        return CloudEvent.writeBatch(
                SslUnchanged.class,
                List.of(CloudEvent.of(
                        EventType.SSL_UNCHANGED, "1", "ssl-checker", "daily#7.1", at, Optional.empty(), run)));
    }

    private static CheckResult result(Target target, Instant checkedAt, Status status) {
        return new CheckResult(target, checkedAt, new Verdict(status, List.of()), List.of());
    }
}
