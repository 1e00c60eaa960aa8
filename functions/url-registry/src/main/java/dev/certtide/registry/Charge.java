package dev.certtide.registry;

import dev.certtide.model.Owner;
import java.util.concurrent.atomic.AtomicLong;

/** What the events of one message have taken of their owner's share. */
final class Charge {
    private final Owner owner;
    private final long hour;
    private final int events;
    private final long countedAt;
    private final AtomicLong room;

    /**
     * @param hour in which the events count, in hours since 1970
     * @param countedAt which count of the watches the room belongs to, in seconds since 1970
     * @param room taken for watches to come; below 0 if more of them end
     */
    Charge(Owner owner, long hour, int events, long countedAt, long room) {
        this.owner = owner;
        this.hour = hour;
        this.events = events;
        this.countedAt = countedAt;
        this.room = new AtomicLong(room);
    }

    Owner owner() {
        return owner;
    }

    long hour() {
        return hour;
    }

    int events() {
        return events;
    }

    long countedAt() {
        return countedAt;
    }

    /** The room that nothing has been done with. */
    long room() {
        return room.get();
    }

    /** A watch was written, which keeps its room. */
    void begun() {
        room.decrementAndGet();
    }

    /** A watch was removed, whose room was given back before. */
    void ended() {
        room.incrementAndGet();
    }
}
