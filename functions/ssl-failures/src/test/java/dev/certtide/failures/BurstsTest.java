package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class BurstsTest {
    private Instant now = Instant.parse("2026-11-22T05:50:41.188Z");
    private Bursts bursts;

    @BeforeEach
    void nothingWasToldYet(LocalDynamoDb dynamoDb) {
        bursts = new Bursts(dynamoDb.table(), () -> now);
    }

    @Test
    void whatIsTooMuchIsGatheredUntilTheEndOfTheTenMinutes() {
        assertEquals(List.of(Optional.empty(), Optional.empty()), List.of(admit(2), admit(2)));
        assertEquals(Optional.of(Instant.parse("2026-11-22T06:00:00Z")), admit(2));
        assertEquals(Optional.empty(), bursts.count(JANE, HOOK, 2).until(), "each channel by itself");
        assertEquals(Optional.empty(), admit(4), "whoever wants more gets more");
    }

    @Test
    void whatWasGatheredCountsAsWellSoThatAStormThatGoesOnIsOne() {
        for (int i = 0; i < 30; i++) {
            assertEquals(i < 2, admit(2).isEmpty(), "message " + i);
            now = now.plus(Duration.ofMinutes(1));
        }
        now = now.plus(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), admit(2));
    }

    @Test
    void inNoTenMinutesThereAreMore() {
        admit(2);
        now = now.plus(Duration.ofMinutes(9));
        admit(2);
        now = now.plus(Duration.ofMinutes(1)).minusMillis(1);
        assertTrue(admit(2).isPresent());
    }

    @Test
    void whatSomebodyElseTellsIsNotCounted() {
        assertEquals(Optional.empty(), admit(2));
        bursts.takeBack(bursts.count(JANE, MAIL, 2));
        assertEquals(Optional.empty(), admit(2));
        assertTrue(admit(2).isPresent());
    }

    /** Hundreds of functions tell at the same time when something breaks that many have. */
    @Test
    void whoTellsAtTheSameTimeIsCountedOnce() {
        assertEquals(100, atOnce(100, 1_000), "nobody is too much only because others are faster");
        now = now.plus(Duration.ofMinutes(20));
        assertEquals(10, atOnce(100, 10));
    }

    private long atOnce(int count, int most) {
        return IntStream.range(0, count)
                .boxed()
                .gather(Gatherers.mapConcurrent(count, _ -> admit(most)))
                .filter(Optional::isEmpty)
                .count();
    }

    private Optional<Instant> admit(int most) {
        return bursts.count(JANE, MAIL, most).until();
    }
}
