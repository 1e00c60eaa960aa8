package dev.certtide.benchmarks.scale;

import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** One round of a fleet: an hour of its schedule, in which every target is checked once. */
final class Round {
    /** The next minute comes when so few messages are left, half a full minute's: the checker is never idle. */
    private static final int FEW_MESSAGES = 100;

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

    /**
     * Goes through the next hour's minutes in which the fleet is due, as fast as the functions follow, and waits until all
     * that came of it is written down.
     *
     * @return what that took, without the hour's other minutes
     * @throws IllegalStateException when a target is told of twice, or not within two minutes
     */
    Used run() {
        var first = begin();
        cloud.turnTo(first.minus(1, ChronoUnit.MINUTES));
        var before = cloud.used();
        int minutes = Fleet.minutes(targets);
        for (int i = 0; i < minutes; i++) {
            awaitFewMessages();
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

    private void awaitFewMessages() {
        while (cloud.waitingMessages() > FEW_MESSAGES) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void awaitWritten(int number, Instant minute) {
        int due = Fleet.inMinute(number, targets);
        for (int part = 0; part < Slot.PARTS; part++) {
            int expected = (due - part + Slot.PARTS - 1) / Slot.PARTS;
            awaitWritten(new Slot(Cadence.HOURLY, fleet.firstMinute() + number, part), minute, expected);
        }
    }

    private void awaitWritten(Slot slot, Instant minute, int expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int written = cloud.unchanged(slot, minute);
        while (written < expected && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
            written = cloud.unchanged(slot, minute);
        }
        if (written != expected) {
            throw new IllegalStateException("%d of %d targets of %s are written down to be unchanged in %s"
                    .formatted(written, expected, slot.key(), minute));
        }
    }
}
