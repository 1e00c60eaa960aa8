package dev.certtide.benchmarks.scale;

import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** One round of a fleet: an hour of its schedule, in which every target is checked once. */
final class Round {
    private static final long POLL_NANOS = 20_000_000;

    /** So long nothing may happen: longer than any timeout but that of a message that came back. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cloud cloud;
    private final Fleet fleet;
    private final int targets;

    Round(Cloud cloud, Fleet fleet, int targets) {
        this.cloud = cloud;
        this.fleet = fleet;
        this.targets = targets;
    }

    /** Turns the clock to the minute before the fleet's first one. */
    void prepare() {
        cloud.turnTo(begin().minus(1, ChronoUnit.MINUTES));
    }

    /**
     * Goes through the minutes in which the fleet is due, as fast as the functions follow, and waits until all that came
     * of it is written down.
     *
     * @return what that took
     * @throws IllegalStateException when a target is told of twice, or nothing happens for two minutes
     */
    Used run() {
        var before = cloud.used();
        var first = begin();
        int minutes = fleet.minutes(targets);
        for (int i = 0; i < minutes; i++) {
            awaitMinute();
            cloud.turnTo(first.plus(i, ChronoUnit.MINUTES));
        }
        for (int i = 0; i < minutes; i++) {
            awaitWritten(i, first.plus(i, ChronoUnit.MINUTES));
        }
        return cloud.used().since(before);
    }

    /** The fleet's first minute in the hour to come. */
    private Instant begin() {
        var hour = cloud.now().truncatedTo(ChronoUnit.HOURS).plus(fleet.firstMinute(), ChronoUnit.MINUTES);
        return hour.isAfter(cloud.now()) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }

    /** The next minute comes when no more messages are left than it brings: the checker is never idle. */
    private void awaitMinute() {
        while (cloud.messages() > fleet.perMinute() / Fleet.PER_MESSAGE) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void awaitWritten(int number, Instant minute) {
        int due = fleet.inMinute(number, targets);
        for (int part = 0; part < Slot.PARTS; part++) {
            int expected = (due - part + Slot.PARTS - 1) / Slot.PARTS;
            awaitWritten(new Slot(Cadence.HOURLY, fleet.firstMinute() + number, part), minute, expected);
        }
    }

    private void awaitWritten(Slot slot, Instant minute, int expected) {
        int written = cloud.unchanged(slot, minute);
        long since = System.nanoTime();
        while (written < expected && System.nanoTime() - since < PATIENCE.toNanos()) {
            LockSupport.parkNanos(POLL_NANOS);
            int now = cloud.unchanged(slot, minute);
            if (now != written) {
                written = now;
                since = System.nanoTime();
            }
        }
        if (written != expected) {
            throw new IllegalStateException("%d of %d targets of %s are written down to be unchanged in %s"
                    .formatted(written, expected, slot.key(), minute));
        }
    }
}
