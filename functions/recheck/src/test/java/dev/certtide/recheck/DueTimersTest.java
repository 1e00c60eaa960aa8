package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Claims;
import dev.certtide.kit.Item;
import dev.certtide.kit.Timers;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timers, as the function tells of them. */
@ExtendWith(Engines.class)
class DueTimersTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Recheck recheck;
    private TimerDue timer;

    @BeforeEach
    void set(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        recheck = new Recheck(dynamoDb, sqs);
        timer = timer("reminder/inc_1/jane", recheck.now.plus(Duration.ofDays(4)));
        recheck.timers.set(timer);
    }

    @Test
    void aTimerIsToldOfInItsMinuteAndOnce() {
        recheck.now = timer.at().minus(MINUTE);
        recheck.tick();
        assertEquals(List.of(), recheck.told());
        recheck.pass(MINUTE);
        recheck.tick();
        recheck.tick();
        recheck.pass(MINUTE);
        recheck.tick();
        assertEquals(List.of(timer), recheck.told());
        assertFalse(recheck.timers.stands(timer));
    }

    @Test
    void timersOfMinutesThatWereMissedAreToldOfWithinThreeMinutes() {
        var later = timer("later", timer.at().plus(Duration.ofMinutes(20)));
        recheck.timers.set(later);
        recheck.now = timer.at().minus(MINUTE);
        recheck.tick();
        recheck.now = later.at().plus(MINUTE);
        var told = new HashSet<TimerDue>();
        for (int i = 0; i < 3; i++) {
            recheck.tick();
            told.addAll(recheck.told());
            recheck.pass(MINUTE);
        }
        assertEquals(Set.of(timer, later), told);
    }

    @Test
    void aTimerThatWasCancelledOrSetAnewIsNotToldOf() {
        var later = timer(timer.id(), timer.at().plus(MINUTE));
        var cancelled = timer("cancelled", timer.at());
        recheck.timers.set(cancelled);
        recheck.timers.set(later);
        recheck.timers.cancel("cancelled");
        recheck.now = timer.at();
        recheck.tick();
        assertEquals(List.of(), recheck.told());
        recheck.pass(MINUTE);
        recheck.tick();
        assertEquals(List.of(later), recheck.told());
    }

    @Test
    void aTimerThatACrashedInvocationHasClaimedIsToldOfOnceItsLeaseHasEnded() {
        recheck.now = timer.at();
        new Claims(recheck.dedup, () -> recheck.now).claim("timer#" + Timers.name(timer), Duration.ofMinutes(2));
        var told = new ArrayList<TimerDue>();
        for (int i = 0; i < 6; i++) {
            recheck.tick();
            told.addAll(recheck.told());
            recheck.pass(MINUTE);
        }
        assertEquals(List.of(timer), told);
    }

    @Test
    void aTimerThatWasToldOfAndNotTakenAwayIsTakenAway() {
        recheck.now = timer.at();
        new Claims(recheck.dedup, () -> recheck.now).markDone("timer#" + Timers.name(timer), Duration.ofDays(1));
        recheck.tick();
        assertEquals(List.of(), recheck.told());
        assertFalse(recheck.timers.stands(timer));
    }

    @Test
    void aTimerThatIsSetAgainAMonthAfterItWentOffIsNotToldOfAgain() {
        recheck.now = timer.at();
        recheck.tick();
        assertEquals(List.of(timer), recheck.told());
        recheck.pass(Duration.ofDays(28));
        // Nothing was missed meanwhile.
        recheck.dedup.delete("recheck#cursor", "CURSOR");
        recheck.timers.set(timer);
        for (int i = 0; i < 4; i++) {
            recheck.tick();
            recheck.pass(MINUTE);
        }
        assertEquals(List.of(), recheck.told());
        assertFalse(recheck.timers.stands(timer));
    }

    @Test
    void aTimerThatCannotBeReadKeepsNoOtherFromBeingToldOf() {
        var others = IntStream.range(0, 20)
                .mapToObj(i -> timer("other-" + i, timer.at()))
                .toList();
        others.forEach(recheck.timers::set);
        for (int part = 0; part < Slot.PARTS; part++) {
            recheck.configTable.put(Item.of("TIMER#" + part, "TIMER")
                    .with("timer", "{\"id\": \"a-" + part + "\"}")
                    .with("due", "timer#" + timer.at() + "." + part)
                    .with("dueKey", "a-" + part));
        }
        recheck.now = timer.at();
        var failure = assertThrows(IllegalStateException.class, recheck::tick);
        assertTrue(
                failure.getSuppressed()[0].getMessage().matches("The timer a-\\d could not be told of"),
                failure.getSuppressed()[0].getMessage());
        var expected = new HashSet<>(others);
        expected.add(timer);
        assertEquals(expected, new HashSet<>(recheck.told()));
    }

    @Test
    void aMinuteOfTheFutureTellsOfNoTimer() {
        recheck.tell(timer.at());
        assertEquals(List.of(), recheck.told());
    }

    @Test
    void aRoundThatIsALittleAheadOfTheClockTellsOfATimerAtItsTime() {
        recheck.now = timer.at().minusMillis(900);
        recheck.tell(timer.at());
        assertEquals(List.of(), recheck.told());
        assertEquals(1, recheck.toldLater());
        assertFalse(recheck.timers.stands(timer));
    }

    @Test
    void ofManyTimersThatCannotBeReadSomeAreNamed() {
        for (int i = 0; i < 40; i++) {
            recheck.configTable.put(Item.of("TIMER#a-" + i, "TIMER")
                    .with("timer", "{}")
                    .with("due", "timer#" + timer.at() + ".0")
                    .with("dueKey", "a-" + i));
        }
        recheck.now = timer.at();
        var failure = assertThrows(IllegalStateException.class, recheck::tick);
        assertEquals(20, failure.getSuppressed()[0].getSuppressed().length);
    }

    @Test
    void whatTheQueueDoesNotTakeStays() {
        var queue = recheck.environment.put("SSL_FAILURES_QUEUE_URL", recheck.failures + "-gone");
        var others = IntStream.range(0, 5)
                .mapToObj(i -> timer("other-" + i, timer.at()))
                .toList();
        others.forEach(recheck.timers::set);
        recheck.now = timer.at();
        assertThrows(IllegalStateException.class, recheck::tick);
        recheck.environment.put("SSL_FAILURES_QUEUE_URL", queue);
        recheck.tick();
        var expected = new HashSet<>(others);
        expected.add(timer);
        assertEquals(expected, new HashSet<>(recheck.told()));
    }

    private static TimerDue timer(String id, Instant at) {
        return new TimerDue(id, "reminder", at, Map.of("incident", "inc_1", "owner", "jane"));
    }
}
