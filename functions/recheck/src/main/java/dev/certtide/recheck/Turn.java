package dev.certtide.recheck;

import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One part of one minute of a lane: what is read by one query and served once.
 *
 * @param lane which
 * @param minute a whole minute
 * @param part 0 up to {@link Slot#PARTS}
 */
record Turn(Lane lane, Instant minute, int part) implements Comparable<Turn> {
    static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Comparator<Turn> ORDER =
            Comparator.comparing(Turn::lane).thenComparing(Turn::minute).thenComparing(Turn::part);

    /** All that comes round in a minute. */
    static List<Turn> of(Instant minute) {
        return Arrays.stream(Lane.values()).flatMap(lane -> of(lane, minute)).toList();
    }

    /** The parts of a lane that come round in a minute. */
    static Stream<Turn> of(Lane lane, Instant minute) {
        return IntStream.range(0, Slot.PARTS).mapToObj(part -> new Turn(lane, minute, part));
    }

    /** Whether its targets have had their next turn by then, or have it then: this one does not matter any more. */
    boolean isPastAt(Instant then) {
        return !minute.plus(lane.period()).isAfter(then);
    }

    /** The slot whose turn it is, if it is one of targets. */
    Optional<Slot> slot() {
        return lane.cadence().map(cadence -> Slot.dueAt(minute, cadence).get(part));
    }

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return lane.word() + "." + part + "@" + minute;
    }
}
