package dev.certtide.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened, line by line; of a long story the end. */
final class Story {
    private static final int MOST_LINES = 4_000;

    private final InstantSource clock;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long steps;

    Story(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One thing that happened.
     *
     * @param about to whom or what: a host, an owner
     */
    private record Line(long step, Instant at, String about, String what) {
        @Override
        public String toString() {
            return "%7d  %s  %s: %s".formatted(step, at, about, what);
        }
    }

    /** Another step begins. */
    void step() {
        steps++;
    }

    long steps() {
        return steps;
    }

    void tell(String about, String what) {
        lines.add(new Line(steps, clock.instant(), about, what));
        if (lines.size() > MOST_LINES) {
            lines.remove();
        }
    }

    /** The lines that name one of these, the oldest first. */
    List<String> about(List<String> names) {
        return lines.stream()
                .map(Line::toString)
                .filter(line -> names.stream().anyMatch(line::contains))
                .toList();
    }
}
