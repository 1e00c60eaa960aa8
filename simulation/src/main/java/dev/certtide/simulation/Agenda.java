package dev.certtide.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** The clock, and what will happen when: time jumps from one event to the next. */
final class Agenda implements InstantSource {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private Instant now;
    private long numbers;

    Agenda(Instant start) {
        now = start;
    }

    private record Entry(Instant at, long number, Runnable deed) {}

    @Override
    public Instant instant() {
        return now;
    }

    /** Has something done then, or as soon as may be if that has passed. */
    void at(Instant when, Runnable deed) {
        entries.add(new Entry(when, numbers++, deed));
    }

    /** Has something done after that time. */
    void in(Duration time, Runnable deed) {
        at(now.plus(time), deed);
    }

    /** When something is to be done next. */
    Optional<Instant> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }

    /** Does what is next. */
    void act() {
        var entry = entries.remove();
        turnTo(entry.at());
        entry.deed().run();
    }

    /** Turns the clock; it never goes back. */
    void turnTo(Instant when) {
        now = when.isAfter(now) ? when : now;
    }
}
