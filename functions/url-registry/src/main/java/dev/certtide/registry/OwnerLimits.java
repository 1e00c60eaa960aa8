package dev.certtide.registry;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Environment;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How much one owner may ask for: so many events in an hour, and so many watches in all. Both stand in one item of
 * {@code Dedup}, so that a message costs one read and one write for each owner in it, however many events it has.
 *
 * <p>{@code room} is how many watches may still be added. It is taken before a watch is written and given back before one
 * is removed; a crash in between makes it wrong by a few. The watches themselves are the truth: they are counted when there
 * seems to be no more room, at most once a minute, and once a day in any case.
 *
 * <p>A message that fails gives back what it has taken, since it comes again. One whose invocation dies does not: its owner
 * has that many events less until the hour is over.
 *
 * <p>Who is nobody in particular ({@link Owner#DEFAULT}) has no limits: that is a sender who does not tell owners apart.
 */
final class OwnerLimits {
    private static final String SORT_KEY = "USE";
    private static final String HOUR = "hour";
    private static final String EVENTS = "events";
    private static final String ROOM = "room";
    private static final String COUNTED_AT = "countedAt";
    private static final long BETWEEN_COUNTS = Duration.ofMinutes(1).toSeconds();
    private static final long LONGEST_UNCOUNTED = Duration.ofDays(1).toSeconds();
    private static final long REMEMBERED = Duration.ofDays(2).toSeconds();
    private static final int MOST_ATTEMPTS = 20;

    private final Table dedup;
    private final ToLongFunction<Owner> watches;
    private final InstantSource clock;
    private final long mostEvents;
    private final long mostWatches;

    /**
     * @param watches counts an owner's watches
     * @throws IllegalArgumentException if a limit in the environment is no number from 1 on
     */
    OwnerLimits(Table dedup, ToLongFunction<Owner> watches, Environment environment, InstantSource clock) {
        this.dedup = dedup;
        this.watches = watches;
        this.clock = clock;
        this.mostEvents = limit(environment, "CERTTIDE_MAX_EVENTS_PER_OWNER_AND_HOUR", 20_000);
        this.mostWatches = limit(environment, "CERTTIDE_MAX_WATCHES_PER_OWNER", 10_000);
    }

    /** What is let through of what an owner asks for. */
    sealed interface Admission {
        /**
         * The events are, with so many new watches, which may be fewer than were asked for.
         *
         * @param newWatches 0 or more
         * @param charge what that took
         */
        record Granted(long newWatches, Charge charge) implements Admission {}

        /** None of the events is; there were too many in this hour. */
        record TooManyEvents() implements Admission {}
    }

    long mostEvents() {
        return mostEvents;
    }

    long mostWatches() {
        return mostWatches;
    }

    /**
     * Takes from what an owner may still ask for. A message that fails is to give it back, and asks again when it is
     * delivered again.
     *
     * @param events how many events the owner asks with
     * @param newWatches how many of them begin a watch
     * @param endedWatches how many end one
     */
    Admission admit(Owner owner, int events, int newWatches, int endedWatches) {
        if (owner.equals(Owner.DEFAULT)) {
            return new Admission.Granted(newWatches, new Charge(owner, hour(), 0, now(), 0));
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var use = dedup.get(key(owner), SORT_KEY).map(Use::new);
            if (use.map(it -> it.eventsIn(hour())).orElse(0L) + events > mostEvents) {
                return new Admission.TooManyEvents();
            }
            boolean countAnew = use.isEmpty() || isToBeCounted(use.get(), newWatches - endedWatches);
            long room = countAnew
                    ? mostWatches - watches.applyAsLong(owner)
                    : use.get().room();
            long granted = Math.min(newWatches, Math.max(0, room + endedWatches));
            long countedAt = countAnew ? now() : use.get().countedAt();
            var charge = new Charge(owner, hour(), events, countedAt, granted - endedWatches);
            boolean isTaken = countAnew || use.get().hour() != charge.hour()
                    ? begin(charge, use, room)
                    : take(charge);
            if (isTaken) {
                return new Admission.Granted(granted, charge);
            }
        }
        throw new IllegalStateException("What " + owner + " has used is changed by others all the time");
    }

    private boolean isToBeCounted(Use use, long wanted) {
        long age = now() - use.countedAt();
        return age > LONGEST_UNCOUNTED || use.room() < wanted && age >= BETWEEN_COUNTS;
    }

    /** Writes the item anew, if it is still the one that was read. */
    private boolean begin(Charge charge, Optional<Use> before, long room) {
        long soFar = before.map(use -> use.eventsIn(charge.hour())).orElse(0L);
        return dedup.put(
                Item.of(key(charge.owner()), SORT_KEY)
                        .with(HOUR, charge.hour())
                        .with(EVENTS, soFar + charge.events())
                        .with(ROOM, room - charge.room())
                        .with(COUNTED_AT, charge.countedAt())
                        .with("expiresAt", now() + REMEMBERED),
                before.map(Use::unchanged).orElse(Condition.absent()));
    }

    /** Adds to the item, as others do at the same time, within the limits. */
    private boolean take(Charge charge) {
        long room = charge.room();
        var within =
                Condition.equal(HOUR, charge.hour()).and(Condition.atMost(EVENTS, mostEvents - charge.events()));
        return add(
                charge.owner(),
                Map.of(EVENTS, (long) charge.events(), ROOM, -room),
                room > 0 ? within.and(Condition.atLeast(ROOM, room)) : within);
    }

    /**
     * Gives back the events, which do not count, and the room that nothing was done with. Those of another hour are gone;
     * and who has counted the watches since has seen what was done.
     */
    void giveBack(Charge charge) {
        long room = charge.room();
        var sameHour = Condition.equal(HOUR, charge.hour());
        var sameCount = Condition.equal(COUNTED_AT, charge.countedAt());
        var both = Map.of(EVENTS, (long) -charge.events(), ROOM, room);
        if (charge.events() > 0 && !add(charge.owner(), both, sameHour.and(sameCount))) {
            add(charge.owner(), Map.of(EVENTS, both.get(EVENTS)), sameHour);
            add(charge.owner(), Map.of(ROOM, room), sameCount);
        }
    }

    private boolean add(Owner owner, Map<String, Long> amounts, Condition condition) {
        return dedup.add(key(owner), SORT_KEY, amounts, condition);
    }

    private record Use(Item item) {
        long hour() {
            return number(HOUR);
        }

        long room() {
            return number(ROOM);
        }

        long countedAt() {
            return number(COUNTED_AT);
        }

        long eventsIn(long hour) {
            return hour() == hour ? number(EVENTS) : 0;
        }

        Condition unchanged() {
            return Condition.equal(HOUR, hour())
                    .and(Condition.equal(EVENTS, number(EVENTS)))
                    .and(Condition.equal(ROOM, room()))
                    .and(Condition.equal(COUNTED_AT, countedAt()));
        }

        private long number(String name) {
            return item.findNumber(name).orElse(0L);
        }
    }

    private long hour() {
        return now() / Duration.ofHours(1).toSeconds();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static String key(Owner owner) {
        return "owner#" + owner.id();
    }

    private static long limit(Environment environment, String variable, long unlessSet) {
        return environment
                .optional(variable)
                .map(value -> limit(variable, value))
                .orElse(unlessSet);
    }

    private static long limit(String variable, String value) {
        try {
            long limit = Long.parseLong(value);
            if (limit >= 1) {
                return limit;
            }
        } catch (NumberFormatException noNumber) {
            // Told below.
        }
        throw new IllegalArgumentException(variable + " is \"" + value + "\"; it must be a whole number from 1 on");
    }
}
