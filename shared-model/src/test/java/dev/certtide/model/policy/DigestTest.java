package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** The clocks change on 29 March (at 01:00 UTC from two to three) and 25 October 2026 (from three to two). */
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',  08:00, 2026-11-21T06:59:59Z, 2026-11-21T07:00:00Z
            '',  08:00, 2026-11-21T07:00:00Z, 2026-11-22T07:00:00Z
            '',  00:00, 2026-11-21T23:00:00Z, 2026-11-22T23:00:00Z
            '',  08:00, 2026-03-28T08:00:00Z, 2026-03-29T06:00:00Z
            '',  02:30, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z
            '',  02:30, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z
            '',  02:30, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z
            '',  02:30, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z
            mon, 08:00, 2026-11-21T12:00:00Z, 2026-11-23T07:00:00Z
            mon, 08:00, 2026-11-23T06:59:00Z, 2026-11-23T07:00:00Z
            mon, 08:00, 2026-11-23T07:00:00Z, 2026-11-30T07:00:00Z
            sun, 02:30, 2026-03-22T12:00:00Z, 2026-03-29T01:30:00Z
            sun, 08:00, 2026-10-18T06:00:00Z, 2026-10-25T07:00:00Z
            """)
    void theNextSummaryComesAtThatLocalTime(String day, String at, Instant now, Instant next) {
        assertEquals(next, digest(day, LocalTime.parse(at)).next(now));
    }

    @Property
    void theNextSummaryIsAlwaysLaterAndNeverFurtherThanItsPeriod(
            @ForAll @IntRange(max = 1_439) int at,
            @ForAll @IntRange(max = 7) int day,
            @ForAll @IntRange(max = 527_040) int minute) {
        var now = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        var word = day == 0 ? "" : PolicyWords.word(DayOfWeek.of(day));

        var wait = Duration.between(
                now, digest(word, LocalTime.ofSecondOfDay(at * 60L)).next(now));

        assertTrue(wait.isPositive(), wait::toString);
        assertTrue(wait.compareTo(Duration.ofDays(day == 0 ? 1 : 7).plusHours(1)) <= 0, wait::toString);
    }

    @Test
    void whatIsWorseThanItsLevelDoesNotWait() {
        var digest = new Digest(Optional.empty(), LocalTime.NOON, BERLIN, Status.CRITICAL);

        assertTrue(digest.holds(Status.WARNING) && digest.holds(Status.CRITICAL) && !digest.holds(Status.UNREACHABLE));
        assertThrows(
                InvalidInputException.class, () -> new Digest(Optional.empty(), LocalTime.NOON, BERLIN, Status.OK));
    }

    private static Digest digest(String day, LocalTime at) {
        return new Digest(
                Optional.of(day).filter(word -> !word.isEmpty()).map(PolicyWords::day), at, BERLIN, Status.WARNING);
    }
}
