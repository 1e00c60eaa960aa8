package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.schedule.Slot;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Instant START = Instant.parse("2026-11-21T13:37:00Z");
    private static final int TURNS_OF_A_MINUTE = Lane.values().length * Slot.PARTS;

    private final Map<Turn, Instant> served = new HashMap<>();

    @Test
    void aMinuteServesItsOwnTurnsAndNothingElseWhenNothingWasMissed() {
        var backlog = Backlog.before(START);
        for (int i = 0; i < 200; i++) {
            var minute = minute(i);
            assertEquals(Turn.of(minute), backlog.turns(minute));
            backlog = round(backlog, minute, Set.of());
            assertEquals(new Backlog(minute, 3, new TreeSet<>()), backlog);
        }
    }

    @Test
    void aMinuteThatIsToldAgainServesWhatItHasMissedOfItsOwn() {
        var failing = new Turn(Lane.DAILY, START, 2);
        var backlog = round(Backlog.before(START), START, Set.of(failing));
        assertEquals(List.of(failing), backlog.turns(START));
        backlog = round(backlog, START, Set.of());
        assertEquals(new Backlog(START, 3, new TreeSet<>()), backlog);
        assertEquals(List.of(), backlog.turns(START));
        assertEquals(List.of(), backlog.turns(START.minusSeconds(60)));
    }

    /** Two that overlap: whichever ends last, only what neither has served is missed. */
    @Test
    void roundsThatRunAtOnceTakeAwayWhatEachHasServed() {
        var before = Backlog.before(START);
        var next = minute(1);
        var left = new Turn(Lane.HOURLY, START, 0);
        var first = new HashSet<>(Turn.of(START));
        first.remove(left);
        var second = Set.copyOf(Turn.of(next));
        var expected = new Backlog(next, 3, new TreeSet<>(Set.of(left)));
        assertEquals(
                expected,
                before.after(START, Turn.of(START), first)
                        .after(next, Turn.of(next), second)
                        .rewoundTo(minute(2)));
        assertEquals(
                expected.missed(),
                before.after(next, before.turns(next), second)
                        .after(START, Turn.of(START), first)
                        .missed());
    }

    @Test
    void whatAlwaysFailsKeepsNothingElseFromBeingServed() {
        var backlog = Backlog.before(START);
        var broken = 2;
        for (int i = 0; i < 500; i++) {
            var minute = minute(i);
            var failing = new HashSet<Turn>();
            for (var turn : backlog.turns(minute)) {
                if (turn.part() == broken) {
                    failing.add(turn);
                } else {
                    assertEquals(minute, turn.minute());
                }
            }
            backlog = round(backlog, minute, failing);
            assertTrue(backlog.missed().stream().allMatch(turn -> turn.part() == broken));
        }
        // Whatever its targets' last turn was.
        assertTrue(backlog.missed().size() > 360, () -> "there are only so many");
    }

    @Test
    void ofAnHourlyTargetThatMissedManyTurnsTheLastIsServedUnlessTheNextComesAnyway() {
        var backlog = round(Backlog.before(START), START, Set.of());
        for (int i = 120; i < 123; i++) {
            backlog = round(backlog, minute(i), Set.of());
        }
        for (int i = 1; i < 123; i++) {
            assertEquals(i >= 63, served.containsKey(new Turn(Lane.HOURLY, minute(i), 0)), "minute " + i);
            assertTrue(served.containsKey(new Turn(Lane.DAILY, minute(i), 0)), "minute " + i);
        }
    }

    @Property(tries = 100)
    void afterAGapOfAnyLengthEverythingIsServedOnceWithinThreeMinutesAndNoneHasMoreThanTwiceItsShare(
            @ForAll @IntRange(max = 3 * 24 * 60) int gap, @ForAll @IntRange(max = 2_000) int shift) {
        served.clear();
        var first = START.plusSeconds(60L * shift);
        var backlog = round(Backlog.before(first), first, Set.of());
        var restart = first.plusSeconds(60L * (gap + 1));
        var counts = new int[Backlog.MINUTES];
        for (int i = 0; i < counts.length; i++) {
            var minute = restart.plusSeconds(60L * i);
            counts[i] = backlog.turns(minute).size();
            backlog = round(backlog, minute, Set.of());
        }
        assertTrue(backlog.missed().isEmpty());
        assertLatestTurnsAreServed(first, restart.plusSeconds(120));
        int all = counts[0] + counts[1] + counts[2];
        for (int count : counts) {
            assertTrue(count * 3 <= all * 2, () -> List.of(counts[0], counts[1], counts[2])
                    .toString());
        }
    }

    /** Rounds fail in parts, fail as a whole before they are recorded, or do not take place at all, in any order. */
    @Property(tries = 100)
    void whateverFailsAndHoweverLongEverythingIsServedOnceWithinThreeMinutesOfTheEnd(
            @ForAll long seed, @ForAll @IntRange(max = 60) int minutes) {
        served.clear();
        var random = new Random(seed);
        var backlog = Backlog.before(START);
        var now = START;
        double share = Double.MAX_VALUE;
        for (int i = 0; i < minutes; i++, now = now.plusSeconds(60)) {
            if (random.nextInt(4) == 0) {
                now = now.plusSeconds(60L * random.nextInt(random.nextInt(400) + 1));
            }
            var turns = backlog.turns(now);
            int most = random.nextInt(3) * 50;
            var failing = new HashSet<Turn>();
            turns.stream().filter(_ -> random.nextInt(100) < most).forEach(failing::add);
            share = twiceTheShare(backlog, now, share);
            assertTrue(turns.size() <= share, turns.size() + " of " + share);
            backlog = round(backlog, now, failing);
            assertEquals(backlog.missed(), BacklogText.read(BacklogText.write(backlog.missed())));
        }
        for (int i = 0; i < Backlog.MINUTES; i++, now = now.plusSeconds(60)) {
            share = twiceTheShare(backlog, now, share);
            assertTrue(backlog.turns(now).size() <= share);
            backlog = round(backlog, now, Set.of());
        }
        assertTrue(backlog.missed().isEmpty());
        assertLatestTurnsAreServed(START.minusSeconds(60), now.minusSeconds(60));
    }

    /** Twice a third of all that three minutes have to serve, as it stands when the three begin. */
    private static double twiceTheShare(Backlog backlog, Instant minute, double before) {
        var reached = backlog.after(minute, List.of(), Set.of());
        boolean begins = backlog.left() == Backlog.MINUTES
                || backlog.through().plusSeconds(60).isBefore(minute);
        int missed = reached.missed().size() - TURNS_OF_A_MINUTE;
        return begins ? 2 * (missed + 3.0 * TURNS_OF_A_MINUTE) / 3 : before;
    }

    private Backlog round(Backlog backlog, Instant minute, Set<Turn> failing) {
        var turns = backlog.turns(minute);
        var done = new HashSet<>(turns);
        assertEquals(turns.size(), done.size(), "none is asked for twice");
        done.removeAll(failing);
        for (var turn : done) {
            assertFalse(turn.minute().isAfter(minute));
            assertEquals(null, served.put(turn, minute), () -> turn + " was served before");
        }
        return backlog.after(minute, turns, done);
    }

    /** Of each slot that had a turn since {@code start}, the last one was served. */
    private void assertLatestTurnsAreServed(Instant start, Instant end) {
        for (var lane : Lane.values()) {
            var oldest = end.minus(lane.period());
            var from = start.isAfter(oldest) ? start : oldest;
            for (var at = from.plusSeconds(60); !at.isAfter(end); at = at.plusSeconds(60)) {
                Turn.of(lane, at).forEach(turn -> assertTrue(served.containsKey(turn), turn::toString));
            }
        }
    }

    private static Instant minute(int i) {
        return START.plusSeconds(60L * i);
    }
}
