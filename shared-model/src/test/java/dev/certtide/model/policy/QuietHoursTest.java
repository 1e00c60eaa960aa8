package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Days, hours, now and when they end, local time in Berlin; the clocks change on 29 March and 25 October 2026. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',      22:00, 07:00, 2026-11-21T21:59, -
            '',      22:00, 07:00, 2026-11-21T22:00, 2026-11-22T07:00
            '',      22:00, 07:00, 2026-11-22T06:59, 2026-11-22T07:00
            '',      22:00, 07:00, 2026-11-22T07:00, -
            '',      12:00, 13:00, 2026-11-22T12:30, 2026-11-22T13:00
            '',      12:00, 13:00, 2026-11-22T13:30, -
            fri,     22:00, 07:00, 2026-11-20T23:00, 2026-11-21T07:00
            fri,     22:00, 07:00, 2026-11-21T06:00, 2026-11-21T07:00
            fri,     22:00, 07:00, 2026-11-20T06:00, -
            fri,     22:00, 07:00, 2026-11-21T23:00, -
            sat sun, 00:00, 00:00, 2026-11-20T23:59, -
            sat sun, 00:00, 00:00, 2026-11-21T00:00, 2026-11-22T00:00
            sat sun, 00:00, 00:00, 2026-11-22T23:59, 2026-11-23T00:00
            sat sun, 00:00, 00:00, 2026-11-23T00:00, -
            sat,     18:00, 18:00, 2026-11-22T17:59, 2026-11-22T18:00
            '',      22:00, 07:00, 2026-03-29T01:59, 2026-03-29T07:00
            '',      02:30, 07:00, 2026-03-29T01:59, -
            '',      02:30, 07:00, 2026-03-29T03:00, 2026-03-29T07:00
            '',      22:00, 02:30, 2026-03-29T01:59, 2026-03-29T03:00
            '',      22:00, 02:30, 2026-03-29T03:00, -
            '',      02:15, 02:45, 2026-03-29T03:00, -
            '',      02:30, 03:15, 2026-03-29T03:10, 2026-03-29T03:15
            '',      22:00, 07:00, 2026-10-25T02:30, 2026-10-25T07:00
            """)
    void nowIsInThemOrNot(String days, String from, String to, LocalDateTime now, String end) {
        assertEquals(
                end.equals("-") ? Optional.empty() : Optional.of(berlin(end)),
                hours(days, from, to).endAt(now.atZone(BERLIN).toInstant()));
    }

    /** Half past two comes twice on 25 October: at 00:30 UTC, and at 01:30 UTC. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            02:30, 07:00, 00:29, -
            02:30, 07:00, 00:30, 06:00
            02:30, 07:00, 01:15, 06:00
            22:00, 02:30, 00:45, 01:30
            22:00, 02:30, 01:15, 01:30
            22:00, 02:30, 01:30, -
            """)
    void whereTheClockGoesBackTheNightIsTheLongerOfTheTwo(String from, String to, String now, String end) {
        assertEquals(
                end.equals("-") ? Optional.empty() : Optional.of(Instant.parse("2026-10-25T" + end + ":00Z")),
                hours("", from, to).endAt(Instant.parse("2026-10-25T" + now + ":00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "-,false,false,false",
        "warning,true,true,true",
        "critical,false,true,true",
        "unreachable,false,false,true"
    })
    void whatIsBadEnoughIsToldAllTheSame(String except, boolean warning, boolean critical, boolean unreachable) {
        var least = except.equals("-") ? Optional.<Status>empty() : Optional.of(PolicyWords.level(except));
        var hours = new QuietHours(List.of(), LocalTime.NOON, LocalTime.MIDNIGHT, BERLIN, least);

        assertEquals(warning, hours.pass(Status.WARNING));
        assertEquals(critical, hours.pass(Status.CRITICAL));
        assertEquals(unreachable, hours.pass(Status.UNREACHABLE));
    }

    @Test
    void quietTimesThatFollowUponEachOtherAreOne() {
        var policy = Policy.parse("""
                {"quietHours": [
                  {"from": "22:00", "to": "07:00", "zone": "Europe/Berlin", "except": "critical"},
                  {"days": ["sat", "sun"], "from": "00:00", "to": "00:00", "zone": "Europe/Berlin", "except": "critical"},
                  {"days": ["mon"], "from": "07:00", "to": "08:00", "zone": "Europe/Berlin"}]}""");
        var friday = berlin("2026-11-20T22:30");

        assertEquals(Optional.of(berlin("2026-11-23T08:00")), policy.quietUntil(Status.WARNING, friday));
        assertEquals(Optional.empty(), policy.quietUntil(Status.CRITICAL, friday));
        assertEquals(
                Optional.of(berlin("2026-11-23T08:00")),
                policy.quietUntil(Status.CRITICAL, berlin("2026-11-23T07:30")),
                "these hours have no exception");
        assertEquals(Optional.empty(), policy.quietUntil(Status.WARNING, berlin("2026-11-20T21:59")));
    }

    @Test
    void quietThatNeverEndsIsInterruptedOnceAWeek() {
        var always = new QuietHours(List.of(), LocalTime.NOON, LocalTime.NOON, BERLIN, Optional.empty());
        var policy = new Policy(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(always),
                List.of(),
                Optional.empty(),
                java.util.Map.of(),
                Optional.empty());
        var now = berlin("2026-11-20T22:30");

        assertEquals(Optional.of(now.plus(Policy.LONGEST_QUIET)), policy.quietUntil(Status.WARNING, now));
    }

    @Property
    void anEndLiesAheadAndAtMostADayAndAnHourAway(
            @ForAll @IntRange(max = 1_439) int from,
            @ForAll @IntRange(max = 1_439) int to,
            @ForAll @IntRange(max = 527_040) int minute) {
        var now = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        var hours = new QuietHours(List.of(), time(from), time(to), BERLIN, Optional.empty());
        var local = now.atZone(BERLIN).toLocalTime();
        var end = hours.endAt(now);

        end.ifPresent(instant -> {
            assertEquals(true, instant.isAfter(now));
            assertEquals(true, Duration.between(now, instant).compareTo(Duration.ofHours(25)) <= 0);
        });
        var isWithin = to > from
                ? !local.isBefore(time(from)) && local.isBefore(time(to))
                : !local.isBefore(time(from)) || local.isBefore(time(to));
        if (isWithin) {
            assertEquals(true, end.isPresent(), "the clock shows a time between both");
        }
    }

    private static LocalTime time(int minute) {
        return LocalTime.ofSecondOfDay(minute * 60L);
    }

    private static QuietHours hours(String days, String from, String to) {
        var list = Arrays.stream(days.split(" "))
                .filter(day -> !day.isEmpty())
                .map(PolicyWords::day)
                .toList();
        return new QuietHours(list, LocalTime.parse(from), LocalTime.parse(to), BERLIN, Optional.empty());
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
