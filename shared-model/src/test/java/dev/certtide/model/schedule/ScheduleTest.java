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
        "https://example.com:443, HOURLY, hourly#6",
        "https://example.com:443, SIX_HOURLY, 6-hourly#6",
        "https://example.com:443, DAILY, daily#1086",
        "https://xn--bcher-kva.example:443, HOURLY, hourly#49",
        "https://xn--bcher-kva.example:443, SIX_HOURLY, 6-hourly#289",
        "https://xn--bcher-kva.example:443, DAILY, daily#289",
        "smtp://mx.example.com:25, HOURLY, hourly#41",
        "smtp://mx.example.com:25, SIX_HOURLY, 6-hourly#281",
        "smtp://mx.example.com:25, DAILY, daily#641",
        "https://[2001:db8::1]:8443, HOURLY, hourly#44",
        "https://[2001:db8::1]:8443, SIX_HOURLY, 6-hourly#104",
        "https://[2001:db8::1]:8443, DAILY, daily#464",
    })
    void aTargetKeepsItsSlotForLife(String url, Cadence cadence, String key) {
        assertEquals(key, Slot.of(Target.parse(url), cadence).key());
    }

    @ParameterizedTest
    @EnumSource
    void targetsAreSpreadEvenlyOverTheSlots(Cadence cadence) {
        int perSlot = 100;
        var counts = new HashMap<Slot, Integer>();
        IntStream.range(0, cadence.minutes() * perSlot)
                .mapToObj(i -> new Target(Protocol.HTTPS, "shop-" + i + ".example", 443))
                .forEach(target -> counts.merge(Slot.of(target, cadence), 1, Integer::sum));
        assertEquals(cadence.minutes(), counts.size());
        // Five standard deviations of a fair draw: about one run in a thousand would miss it, and the hash is fixed.
        counts.forEach((slot, count) -> assertTrue(Math.abs(count - perSlot) < 50, slot + " has " + count));
    }

    @ParameterizedTest
    @EnumSource
    void eachSlotIsDueExactlyOnceInItsCadence(Cadence cadence) {
        var start = Instant.parse("2026-11-21T13:37:00Z");
        var times = new HashMap<Slot, Integer>();
        IntStream.range(0, cadence.minutes())
                .mapToObj(minute -> Slot.dueAt(start.plus(Duration.ofMinutes(minute))))
                .flatMap(List::stream)
                .filter(slot -> slot.cadence() == cadence)
                .forEach(slot -> times.merge(slot, 1, Integer::sum));
        assertEquals(cadence.minutes(), times.size());
        assertTrue(times.values().stream().allMatch(count -> count == 1));
    }

    @Test
    void oneSlotOfEachCadenceIsDueAllThroughAMinute() {
        var start = Instant.parse("2026-11-21T16:43:00Z");
        var due = Slot.dueAt(start);
        assertEquals(
                List.of("hourly#43", "6-hourly#283", "daily#1003"),
                due.stream().map(Slot::key).toList());
        assertEquals(due, Slot.dueAt(start.plusNanos(59_999_999_999L)));
        assertEquals(
                1,
                Slot.dueAt(Instant.EPOCH.minusSeconds(1)).stream()
                        .filter(slot -> slot.key().equals("daily#1439"))
                        .count());
    }
}
