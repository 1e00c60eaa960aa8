package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTextTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    /** What is in the table of a running deployment. */
    @Test
    void minutesThatFollowEachOtherAreOneRun() {
        var turns = new TreeSet<Turn>();
        for (int i = 0; i < 120; i++) {
            turns.add(new Turn(Lane.SIX_HOURLY, TEN.plusSeconds(60L * i), 2));
        }
        turns.add(new Turn(Lane.DAILY, TEN, 0));
        turns.add(new Turn(Lane.DAILY, TEN.plusSeconds(120), 0));
        turns.add(new Turn(Lane.DAILY, TEN.plusSeconds(180), 1));
        var text = "6-hourly.2@2026-11-21T10:00:00Z+120 daily.0@2026-11-21T10:00:00Z+1"
                + " daily.0@2026-11-21T10:02:00Z+1 daily.1@2026-11-21T10:03:00Z+1";
        assertEquals(text, BacklogText.write(turns));
        assertEquals(turns, BacklogText.read(text));
        assertEquals(Set.of(), BacklogText.read(BacklogText.write(Set.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "weekly.0@2026-11-21T10:00:00Z+1", "daily.0@2026-11-21T10:00:00Z", "daily@+1"})
    void whatIsNoRunIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> BacklogText.read(text));
    }
}
