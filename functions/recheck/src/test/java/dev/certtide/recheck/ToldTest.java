package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldTest {
    @ParameterizedTest
    @CsvSource({
        "13:37:00, 13:37:05, 13:37, in time",
        "13:37:00, 13:36:59, 13:37, by a clock that is a little behind",
        "13:36:00, 13:37:59, 13:36, a little late",
        "13:35:00, 13:37:05, 13:37, so late that it stands for the present",
        "01:00:00, 13:37:05, 13:37, hours late",
    })
    void aRoundIsThatOfTheEventUnlessItIsLate(String event, String now, String minute) {
        assertEquals(new Told.Round(at(minute), Backlog.before(at(minute))), told(event, now, Optional.empty()));
        var known = new Backlog(at("00:30"), 2, new TreeSet<>());
        assertEquals(new Told.Round(at(minute), known), told(event, now, Optional.of(known)));
    }

    @Test
    void aMinuteThatHadItsRoundIsMeantAgainHoweverLate() {
        var known = new Backlog(at("13:37"), 2, new TreeSet<>());
        assertEquals(new Told.Round(at("12:00"), known), told("12:00:00", "13:38:00", Optional.of(known)));
        assertEquals(new Told.Round(at("13:37"), known), told("13:37:00", "13:40:00", Optional.of(known)));
    }

    @Test
    void anEventFromTheFutureIsNoRound() {
        var known = Optional.of(Backlog.before(at("13:37")));
        assertEquals(new Told.Ahead(at("13:39")), told("13:39:00", "13:37:59", known));
        assertEquals(new Told.Ahead(at("23:00")), told("23:00:00", "13:37:59", known));
        assertEquals(new Told.Round(at("13:38"), known.get()), told("13:38:00", "13:37:00", known));
    }

    @Test
    void aClockThatWasSetBackBeginsAnewWithWhatWasMissedBefore() {
        var earlier = new Turn(Lane.DAILY, at("13:00"), 1);
        var missed = new TreeSet<Turn>();
        missed.add(earlier);
        missed.add(new Turn(Lane.DAILY, at("13:37"), 1));
        missed.add(new Turn(Lane.HOURLY, at("20:00"), 1));
        var kept = new TreeSet<Turn>();
        kept.add(earlier);
        assertEquals(
                new Told.Round(at("13:37"), new Backlog(at("13:36"), 3, kept)),
                told("13:37:00", "13:37:05", Optional.of(new Backlog(at("21:00"), 2, missed))));
    }

    private static Told told(String event, String now, Optional<Backlog> known) {
        return Told.of(Instant.parse("2026-11-21T" + event + "Z"), Instant.parse("2026-11-21T" + now + "Z"), known);
    }

    private static Instant at(String minute) {
        return Instant.parse("2026-11-21T" + minute + ":00Z");
    }
}
