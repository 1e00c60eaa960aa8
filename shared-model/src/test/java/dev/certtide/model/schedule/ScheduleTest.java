package dev.certtide.model.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "OK, P398D, DAILY",
        "OK, P90D, DAILY",
        "OK, P47D, DAILY",
        "OK, P40D, DAILY",
        "OK, P39DT23H59M59S, SIX_HOURLY",
        "OK, P10D, SIX_HOURLY",
        "OK, P9DT23H59M59S, HOURLY",
        "OK, PT160H, HOURLY",
        "OK, PT0S, HOURLY",
        "OK, PT-1H, HOURLY",
        "WARNING, P398D, HOURLY",
        "CRITICAL, P398D, HOURLY",
        "UNREACHABLE, P398D, HOURLY",
    })
    void aTargetIsCheckedAsOftenAsItsCertificateIsShort(Status status, Duration lifetime, Cadence cadence) {
        assertEquals(cadence, Cadence.of(status, lifetime));
    }

    /** What is in the table of a running deployment: another hash would check everything twice, or never. */
    @ParameterizedTest
    @CsvSource({
        "https://example.com:443, HOURLY, hourly#6.2",
        "https://example.com:443, SIX_HOURLY, 6-hourly#6.3",
        "https://example.com:443, DAILY, daily#1086.1",
        "https://xn--bcher-kva.example:443, HOURLY, hourly#49.0",
        "https://xn--bcher-kva.example:443, SIX_HOURLY, 6-hourly#289.0",
        "https://xn--bcher-kva.example:443, DAILY, daily#289.1",
        "smtp://mx.example.com:25, HOURLY, hourly#41.2",
        "smtp://mx.example.com:25, SIX_HOURLY, 6-hourly#281.1",
        "smtp://mx.example.com:25, DAILY, daily#641.3",
        "https://[2001:db8::1]:8443, HOURLY, hourly#44.3",
        "https://[2001:db8::1]:8443, SIX_HOURLY, 6-hourly#104.1",
        "https://[2001:db8::1]:8443, DAILY, daily#464.3",
    })
    void aTargetKeepsItsSlotForLife(String url, Cadence cadence, String key) {
        assertEquals(key, Slot.of(Target.parse(url), cadence).key());
    }

    @ParameterizedTest
    @EnumSource
    void targetsAreSpreadEvenlyOverTheSlots(Cadence cadence) {
        int perSlot = 100;
        int slots = cadence.minutes() * Slot.PARTS;
        var counts = new HashMap<Slot, Integer>();
        IntStream.range(0, slots * perSlot)
                .mapToObj(i -> new Target(Protocol.HTTPS, "shop-" + i + ".example", 443))
                .forEach(target -> counts.merge(Slot.of(target, cadence), 1, Integer::sum));
        assertEquals(slots, counts.size());
        // Five standard deviations of a fair draw: about one run in a thousand would miss it, and the hash is fixed.
        counts.forEach((slot, count) -> assertTrue(Math.abs(count - perSlot) < 50, slot + " has " + count));
    }

    /** A mix as there may be: most well and daily, some short-lived, some in trouble. */
    @Test
    void noMinuteOfADayIsHotAndNoPartOfAMinute() {
        int targets = 400_000;
        var perMinute = new int[24 * 60];
        var perPart = new int[Slot.PARTS];
        for (int i = 0; i < targets; i++) {
            var cadence = i % 50 == 0 ? Cadence.HOURLY : i % 10 == 1 ? Cadence.SIX_HOURLY : Cadence.DAILY;
            var slot = Slot.of(new Target(Protocol.HTTPS, "shop-" + i + ".example", 443), cadence);
            for (int minute = slot.minute(); minute < perMinute.length; minute += cadence.minutes()) {
                perMinute[minute]++;
                perPart[slot.part()]++;
            }
        }
        var minutes = IntStream.of(perMinute).summaryStatistics();
        assertTrue(minutes.getMax() < 1.25 * minutes.getAverage(), minutes::toString);
        assertTrue(minutes.getMin() > 0.75 * minutes.getAverage(), minutes::toString);
        var parts = IntStream.of(perPart).summaryStatistics();
        assertTrue(parts.getMax() < 1.02 * parts.getAverage(), parts::toString);
    }

    @ParameterizedTest
    @EnumSource
    void eachSlotIsDueExactlyOnceInItsCadence(Cadence cadence) {
        var start = Instant.parse("2026-11-21T13:37:00Z");
        var times = new HashMap<Slot, Integer>();
        IntStream.range(0, cadence.minutes())
                .mapToObj(minute -> Slot.dueAt(start.plus(Duration.ofMinutes(minute)), cadence))
                .flatMap(List::stream)
                .forEach(slot -> times.merge(slot, 1, Integer::sum));
        assertEquals(cadence.minutes() * Slot.PARTS, times.size());
        assertTrue(times.values().stream().allMatch(count -> count == 1));
    }

    @Test
    void oneMinuteOfEachCadenceIsDueAllThroughAMinute() {
        var start = Instant.parse("2026-11-21T16:43:00Z");
        assertEquals(
                List.of(
                        "hourly#43.0",
                        "hourly#43.1",
                        "hourly#43.2",
                        "hourly#43.3",
                        "6-hourly#283.0",
                        "6-hourly#283.1",
                        "6-hourly#283.2",
                        "6-hourly#283.3",
                        "daily#1003.0",
                        "daily#1003.1",
                        "daily#1003.2",
                        "daily#1003.3"),
                dueAt(start));
        assertEquals(dueAt(start), dueAt(start.plusNanos(59_999_999_999L)));
        assertTrue(dueAt(Instant.EPOCH.minusSeconds(1)).contains("daily#1439.3"));
    }

    private static List<String> dueAt(Instant now) {
        return Stream.of(Cadence.values())
                .flatMap(cadence -> Slot.dueAt(now, cadence).stream())
                .map(Slot::key)
                .toList();
    }
}
