package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Engines.class)
class TimersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:37:30Z");

    private Instant now = NOW;
    private Table table;
    private Timers timers;

    @BeforeEach
    void newTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        timers = new Timers(table, () -> now);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T10:00:00Z, 2026-11-25T10:00:00Z, its minute",
        "2026-11-25T10:00:00.000000001Z, 2026-11-25T10:01:00Z, never before its time",
        "2026-11-25T10:00:59Z, 2026-11-25T10:01:00Z, never before its time",
        "2026-11-21T13:38:00Z, 2026-11-21T13:39:00Z, that round may read an older index",
        "2020-01-01T00:00:00Z, 2026-11-21T13:39:00Z, what has passed goes off soon",
    })
    void aTimerGoesOffInTheFirstMinuteThatBeginsAtItsTimeOrLater(Instant at, Instant minute) {
        var timer = timer("t", at);
        timers.set(timer);
        assertEquals(List.of(timer), due(minute));
        assertEquals(List.of(), due(minute.minusSeconds(60)));
    }

    @Test
    void settingItAnewReplacesIt() {
        var first = timer("t", NOW.plusSeconds(600));
        var second = timer("t", NOW.plusSeconds(1_200));
        timers.set(first);
        timers.set(second);
        assertFalse(timers.stands(first));
        assertTrue(timers.stands(second));
        timers.remove(first);
        assertTrue(timers.stands(second), "that of the newer one stays");
        assertEquals(List.of(), due(Instant.parse("2026-11-21T13:48:00Z")));
        assertEquals(List.of(second), due(Instant.parse("2026-11-21T13:58:00Z")));
        assertNotEquals(Timers.name(first), Timers.name(second));
        timers.remove(second);
        assertFalse(timers.stands(second));
    }

    /** Whoever sets it with every message would put it off for ever. */
    @Test
    void settingTheVerySameOneAgainDoesNotPutItOff() {
        var timer = timer("t", NOW.minusSeconds(600));
        timers.set(timer);
        now = NOW.plusSeconds(60);
        timers.set(timer);
        assertEquals(List.of(timer), due(Instant.parse("2026-11-21T13:39:00Z")));
        assertEquals(List.of(), due(Instant.parse("2026-11-21T13:40:00Z")));
    }

    @Test
    void aCancelledTimerIsGone() {
        var timer = timer("t", NOW.plusSeconds(600));
        timers.set(timer);
        timers.cancel("t");
        timers.cancel("t");
        assertFalse(timers.stands(timer));
        assertEquals(List.of(), due(Instant.parse("2026-11-21T13:48:00Z")));
    }

    /** A field that was added, or taken away, makes another text of the same timer: it would never go off. */
    @Test
    void aTimerThatOlderCodeHasSetStandsAndIsTakenAway() {
        var timer = timer("t", NOW.plusSeconds(600));
        var text = Json.write(timer).replaceFirst("\\{", "{\"before\":1,");
        table.put(Item.of("TIMER#t", "TIMER")
                .with("timer", text)
                .with("due", "timer#2026-11-21T13:48:00Z.0")
                .with("dueKey", "t"));
        var found = due(Instant.parse("2026-11-21T13:48:00Z"));
        assertEquals(List.of(timer), found);
        assertTrue(timers.stands(found.getFirst()));
        timers.remove(timer("t", NOW.plusSeconds(601)));
        assertTrue(timers.stands(timer), "it is another");
        timers.remove(found.getFirst());
        assertFalse(timers.stands(timer));
    }

    @Test
    void timersOfAMinuteAreSpreadOverItsParts() {
        var minute = Instant.parse("2026-11-25T10:00:00Z");
        IntStream.range(0, 40).forEach(i -> timers.set(timer("timer-" + i, minute)));
        for (int part = 0; part < Slot.PARTS; part++) {
            assertTrue(timers.due(minute, part).count() > 2);
        }
        assertEquals(40, due(minute).size());
    }

    @Test
    void whatIsTooLargeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> timers.set(timer("", NOW)));
        assertThrows(IllegalArgumentException.class, () -> timers.set(timer("x".repeat(513), NOW)));
        var large = new TimerDue("t", "reminder", NOW, Map.of("text", "x".repeat(5_000)));
        assertThrows(IllegalArgumentException.class, () -> timers.set(large));
    }

    private List<TimerDue> due(Instant minute) {
        return IntStream.range(0, Slot.PARTS)
                .boxed()
                .flatMap(part -> timers.due(minute, part))
                .map(Timers.Found::read)
                .toList();
    }

    private static TimerDue timer(String id, Instant at) {
        return new TimerDue(id, "reminder", at, Map.of("incident", "inc_1", "owner", "jane", "a", "b"));
    }
}
