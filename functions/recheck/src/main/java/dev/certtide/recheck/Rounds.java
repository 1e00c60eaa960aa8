package dev.certtide.recheck;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** One round a minute: serves what is due and what was missed, and keeps what could not be served for the next ones. */
final class Rounds {
    /** Parts served at a time: each holds a page of the index and a request to SQS in memory. */
    private static final int AT_ONCE = 8;
    /** Two invocations run at once at most, so one write in the way is the rule's exception already. */
    private static final int TRIES = 10;
    /** Of failures in the log: the hundredth says nothing new. */
    private static final int MOST_TOLD = 5;
    /** Sets the claims of a minute that was told ahead of the clock apart: it has its own turn still to come. */
    private static final String EARLY = "#early";

    private final Cursor cursor;
    private final Parts parts;
    private final DueTimers timers;
    private final InstantSource clock;

    Rounds(Cursor cursor, Parts parts, DueTimers timers, InstantSource clock) {
        this.cursor = cursor;
        this.parts = parts;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * What a round came to.
     *
     * @param sent how many targets
     * @param behind how many turns are to be made up for
     * @param elsewhere how many turns another invocation was at; nothing is wrong with that
     * @param failure why something could not be sent; it is recorded, and the minute should be told again
     */
    record Outcome(int sent, int behind, int elsewhere, Optional<RuntimeException> failure) {}

    /**
     * Serves what an event's minute asks for.
     *
     * @param hasTime whether there is time to begin something; what is not begun is kept for the next round
     * @throws RuntimeException when the cursor can't be read or written; the minute must be told again
     */
    Outcome run(Instant event, BooleanSupplier hasTime) {
        var position = cursor.read();
        return switch (Told.of(event, clock.instant(), position.backlog())) {
            case Told.Ahead ahead -> {
                var served = serve(targetsOf(ahead.minute()), EARLY, hasTime);
                yield served.outcome(0);
            }
            case Told.Round round -> {
                var turns = round.from().turns(round.minute());
                var served = serve(turns, "", hasTime);
                var behind = record(round, turns, served.turns(), position);
                yield served.outcome(behind);
            }
        };
    }

    /**
     * What was done of what was asked.
     *
     * @param asked all turns
     * @param turns those that are served now
     * @param targets how many targets that were
     * @param elsewhere how many turns another invocation is at. They count as missed until one says that they are done
     * @param failures why others are not
     */
    private record Served(
            List<Turn> asked,
            Set<Turn> turns,
            AtomicInteger targets,
            AtomicInteger elsewhere,
            Collection<RuntimeException> failures) {
        Outcome outcome(int behind) {
            return new Outcome(targets.get(), behind, elsewhere.get(), failure());
        }

        private Optional<RuntimeException> failure() {
            int missing = asked.size() - turns.size() - elsewhere.get();
            if (missing == 0) {
                return Optional.empty();
            }
            var complaint = new IllegalStateException(missing + " of " + asked.size()
                    + " parts of the schedule were not sent; the next rounds try again");
            failures.stream().limit(MOST_TOLD).forEach(complaint::addSuppressed);
            return Optional.of(complaint);
        }
    }

    private Served serve(List<Turn> turns, String occasion, BooleanSupplier hasTime) {
        var served = new Served(
                turns,
                ConcurrentHashMap.newKeySet(),
                new AtomicInteger(),
                new AtomicInteger(),
                new ConcurrentLinkedQueue<>());
        var waiting = new ConcurrentLinkedQueue<>(turns);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(AT_ONCE, turns.size()); i++) {
                workers.execute(() -> work(waiting, occasion, hasTime, served));
            }
        }
        return served;
    }

    private void work(ConcurrentLinkedQueue<Turn> waiting, String occasion, BooleanSupplier hasTime, Served served) {
        while (hasTime.getAsBoolean()) {
            var turn = waiting.poll();
            if (turn == null) {
                return;
            }
            try {
                var targets = serve(turn, occasion);
                if (targets.isPresent()) {
                    served.targets().addAndGet(targets.getAsInt());
                    served.turns().add(turn);
                } else {
                    served.elsewhere().incrementAndGet();
                }
            } catch (RuntimeException failed) {
                served.failures().add(failed);
            }
        }
    }

    /** How many targets that were; nothing when another invocation is at it. */
    private OptionalInt serve(Turn turn, String occasion) {
        var slot = turn.slot();
        if (slot.isPresent()) {
            return parts.send(slot.get(), turn.minute(), occasion);
        }
        return timers.tell(turn.minute(), turn.part()) ? OptionalInt.of(0) : OptionalInt.empty();
    }

    /** Targets may have their turn early; a timer never goes off before its time. */
    private static List<Turn> targetsOf(Instant minute) {
        return Turn.of(minute).stream().filter(turn -> turn.slot().isPresent()).toList();
    }

    /** Records what was served on top of whatever another invocation has recorded meanwhile; returns what is missed. */
    private int record(Told.Round round, List<Turn> asked, Set<Turn> served, Cursor.Position position) {
        var before = position;
        var from = round.from();
        for (int i = 0; i < TRIES; i++) {
            var after = from.after(round.minute(), asked, served);
            if (before.backlog().filter(after::equals).isPresent() || cursor.write(after, before)) {
                return after.missed().size();
            }
            before = cursor.read();
            from = before.backlog().orElseGet(() -> Backlog.before(round.minute()));
        }
        throw new IllegalStateException(
                "The schedule's cursor is written by too many at once; the minute is told again");
    }
}
