package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Target;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Minutes that nobody ran in. */
@ExtendWith(Engines.class)
class OutageTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Recheck recheck;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        recheck = new Recheck(dynamoDb, sqs);
    }

    @Test
    void afterTwoHoursEverythingThatWasDueIsSentOnceWithinThreeMinutesAndNoMinuteHasTwiceItsShare() {
        var before = recheck.now;
        var restart = before.plus(Duration.ofMinutes(121));
        var end = restart.plus(MINUTE.multipliedBy(2));
        var due = new HashSet<Target>();
        for (var cadence : Cadence.values()) {
            var slots = slotsDue(before, end, cadence);
            var targets = targets(cadence.word()).limit(1_000).toList();
            targets.parallelStream().forEach(target -> recheck.schedule(target, cadence));
            targets.stream()
                    .filter(target -> slots.contains(Slot.of(target, cadence)))
                    .forEach(due::add);
        }
        recheck.tick();
        recheck.sent();

        recheck.now = restart;
        var all = new ArrayList<Target>();
        var counts = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            recheck.tick();
            var sent = recheck.sent();
            counts.add(sent.size());
            all.addAll(sent);
            recheck.pass(MINUTE);
        }
        assertEquals(due, new HashSet<>(all));
        assertEquals(due.size(), all.size(), "none twice");
        // Every hourly one, a third of those of six hours, a twelfth of the daily ones.
        assertTrue(due.size() > 1_300, () -> "only " + due.size());
        counts.forEach(count -> assertTrue(count * 3 <= all.size() * 2, counts::toString));

        recheck.tick();
        assertEquals(dueIn(recheck.now), new HashSet<>(recheck.sent()), "the fourth minute is like any other");
    }

    @Test
    void aMinuteThatWasMissedIsMadeUpForInTheNextOnes() {
        var missed = targetIn(new Slot(Cadence.DAILY, 1, 2));
        recheck.schedule(missed, Cadence.DAILY);
        recheck.tick();
        recheck.pass(MINUTE.multipliedBy(2));
        var sent = new ArrayList<Target>();
        for (int i = 0; i < 3; i++) {
            recheck.tick();
            sent.addAll(recheck.sent());
            recheck.pass(MINUTE);
        }
        assertEquals(List.of(missed), sent);
    }

    /** They waited while the function could not run, and come in any order. */
    @Test
    void twoHoursOfEventsThatComeAtOnceAreNoStampede() {
        var target = targetIn(new Slot(Cadence.DAILY, 60, 0));
        recheck.schedule(target, Cadence.DAILY);
        recheck.tick();
        var start = recheck.now;
        recheck.pass(Duration.ofHours(2));
        var events = IntStream.rangeClosed(1, 120)
                .mapToObj(i -> start.plus(MINUTE.multipliedBy(121 - i % 120)))
                .toList();
        var sent = new ArrayList<Target>();
        events.reversed().stream().limit(20).forEach(recheck::tell);
        sent.addAll(recheck.sent());
        for (int i = 0; i < 3; i++) {
            recheck.pass(MINUTE);
            recheck.tick();
            sent.addAll(recheck.sent());
        }
        assertEquals(List.of(target), sent);
    }

    @Test
    void invocationsAtOnceServeEveryTurnOnceBetweenThem() throws Exception {
        var due = new HashSet<Target>();
        recheck.tick();
        recheck.pass(MINUTE.multipliedBy(11));
        for (int minute = 1; minute <= 11; minute++) {
            for (int part = 0; part < Slot.PARTS; part++) {
                var target = targetIn(new Slot(Cadence.DAILY, minute, part));
                recheck.schedule(target, Cadence.DAILY);
                due.add(target);
            }
        }
        var sent = new ArrayList<Target>();
        for (int i = 0; i < 2; i++) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                // Where one finds another at work, that is no failure.
                for (var told : threads.invokeAll(Collections.nCopies(4, Executors.callable(recheck::tick)))) {
                    told.get();
                }
            }
            sent.addAll(recheck.sent());
            recheck.pass(MINUTE);
        }
        for (int i = 0; i < 3; i++) {
            recheck.tick();
            sent.addAll(recheck.sent());
            recheck.pass(MINUTE);
        }
        assertEquals(due, new HashSet<>(sent));
        assertEquals(due.size(), sent.size(), "none twice");
    }

    @Test
    void theFirstRoundEverServesItsMinuteOnly() {
        recheck.pass(Duration.ofHours(5));
        var earlier = targetIn(new Slot(Cadence.DAILY, 299, 0));
        var now = targetIn(new Slot(Cadence.DAILY, 300, 0));
        Stream.of(earlier, now).forEach(target -> recheck.schedule(target, Cadence.DAILY));
        recheck.tick();
        assertEquals(List.of(now), recheck.sent());
    }

    @Test
    void aMinuteOfTheFutureIsServedAloneAndHasItsTurnAllTheSame() {
        recheck.tick();
        var minute = recheck.now.plus(Duration.ofHours(1));
        var then = targetIn(new Slot(Cadence.DAILY, 60, 3));
        var next = targetIn(new Slot(Cadence.DAILY, 1, 3));
        Stream.of(then, next).forEach(target -> recheck.schedule(target, Cadence.DAILY));
        recheck.tell(minute);
        recheck.tell(minute);
        assertEquals(List.of(then), recheck.sent());
        recheck.pass(MINUTE);
        recheck.tick();
        assertEquals(List.of(next), recheck.sent(), "the present goes on");
        recheck.now = minute;
        IntStream.range(0, 3).forEach(_ -> {
            recheck.tick();
            recheck.pass(MINUTE);
        });
        assertEquals(List.of(then), recheck.sent());
    }

    @Test
    void aClockThatWasAheadAndIsSetBackStopsNothing() {
        var target = targetIn(new Slot(Cadence.DAILY, 5, 1));
        recheck.schedule(target, Cadence.DAILY);
        recheck.pass(Duration.ofDays(400));
        recheck.tick();
        recheck.pass(Duration.ofDays(-400));
        for (int i = 0; i < 10; i++) {
            recheck.tick();
            recheck.pass(MINUTE);
        }
        assertEquals(List.of(target), recheck.sent());
    }

    @Test
    void whatThereIsNoTimeForIsServedByTheNextRounds() {
        var target = targetIn(new Slot(Cadence.DAILY, 0, 1));
        recheck.schedule(target, Cadence.DAILY);
        var minute = recheck.now;
        assertThrows(IllegalStateException.class, () -> recheck.tell(minute, Duration.ofSeconds(10)));
        assertEquals(List.of(), recheck.sent());
        for (int i = 0; i < 3; i++) {
            recheck.pass(MINUTE);
            recheck.tick();
        }
        assertEquals(List.of(target), recheck.sent());
    }

    private Set<Target> dueIn(Instant minute) {
        var due = new HashSet<Target>();
        for (var cadence : Cadence.values()) {
            Slot.dueAt(minute, cadence)
                    .forEach(slot -> recheck.config.dueInOrder(slot).forEach(one -> due.add(one.target())));
        }
        return due;
    }

    private static Set<Slot> slotsDue(Instant after, Instant through, Cadence cadence) {
        var slots = new HashSet<Slot>();
        for (var at = after.plus(MINUTE); !at.isAfter(through); at = at.plus(MINUTE)) {
            slots.addAll(Slot.dueAt(at, cadence));
        }
        return slots;
    }

    private static Target targetIn(Slot slot) {
        return targets("one")
                .filter(target -> Slot.of(target, slot.cadence()).equals(slot))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Target> targets(String prefix) {
        return IntStream.iterate(0, i -> i + 1).mapToObj(i -> Target.parse(prefix + "-" + i + ".example"));
    }
}
