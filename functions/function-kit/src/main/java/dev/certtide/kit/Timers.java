package dev.certtide.kit;

import dev.certtide.model.Fingerprint;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * Timers: items of the table {@code Config} in the same index as the targets, under the minute in which they go off, so
 * that those of a minute are a few queries and one that is set for next month costs nothing until then.
 */
public final class Timers {
    private static final String DUE_INDEX = "due";
    private static final String SK = "TIMER";
    private static final String TIMER = "timer";
    private static final int LONGEST_ID = 512;
    private static final int MOST_BYTES = 4_096;

    /**
     * The round of the present minute may have taken place already, and the next one may read the index before it has
     * what was written just now.
     */
    private static final Duration HEAD_START = Duration.ofMinutes(2);

    private final Table table;
    private final JsonItems<TimerDue> timers;
    private final InstantSource clock;

    /** Timers in that table. */
    public Timers(Table table, InstantSource clock) {
        this.table = table;
        this.timers = new JsonItems<>(table, TimerDue.class, TIMER);
        this.clock = clock;
    }

    /**
     * Sets a timer; one of the same id is replaced, and will not go off any more. Setting the very same one again changes
     * nothing, not even after it went off. It goes off in the first minute that begins at its time or later; within
     * minutes, if that has passed.
     *
     * @throws IllegalArgumentException when the id is longer than 512 characters or the whole than 4 KB of JSON
     */
    public void set(TimerDue timer) {
        var text = Json.write(timer);
        if (timer.id().isEmpty() || timer.id().length() > LONGEST_ID || Requests.bytes(text) > MOST_BYTES) {
            throw new IllegalArgumentException("The timer " + timer.id() + " is too large: its id may have 1 to "
                    + LONGEST_ID + " characters, and all of it " + MOST_BYTES + " bytes");
        }
        // The minute of one whose time has passed is counted from now: set again and again, it would never go off.
        table.put(
                Item.of(pk(timer.id()), SK)
                        .with(TIMER, text)
                        .with(
                                "due",
                                key(minute(timer.at()), Math.floorMod(timer.id().hashCode(), Slot.PARTS)))
                        .with("dueKey", timer.id()),
                Condition.absentOrNot(TIMER, text));
    }

    /** Keeps a timer from going off, if it has not yet. */
    public void cancel(String id) {
        table.delete(pk(id), SK);
    }

    /**
     * A timer as it is found.
     *
     * @param id names it
     * @param text what it says, in JSON
     */
    public record Found(String id, String text) {
        /**
         * The timer.
         *
         * @throws dev.certtide.model.InvalidInputException when it can't be read: somebody else has written it
         */
        public TimerDue read() {
            return Json.read(TimerDue.class, text);
        }
    }

    /**
     * Those that go off in a minute, read page by page.
     *
     * @param part 0 up to {@link Slot#PARTS}
     */
    public Stream<Found> due(Instant minute, int part) {
        return table.readIndex(DUE_INDEX, "due", key(minute, part))
                .map(item -> new Found(item.get("dueKey"), item.find(TIMER).orElse("")));
    }

    /** Whether a timer stands as it is, neither cancelled nor replaced. The index tells late of either. */
    public boolean stands(TimerDue timer) {
        return timers.find(pk(timer.id()), SK).filter(timer::equals).isPresent();
    }

    /** Takes a timer away that went off; one that was set in its place meanwhile stays. */
    public void remove(TimerDue timer) {
        timers.remove(pk(timer.id()), SK, timer);
    }

    /** Names a timer as it stands: one that is set in its place has another name. */
    public static String name(TimerDue timer) {
        return timer.id() + "/" + Fingerprint.shortOf(Json.write(timer));
    }

    private Instant minute(Instant at) {
        var whole = at.truncatedTo(ChronoUnit.MINUTES);
        var wanted = whole.equals(at) ? whole : whole.plus(1, ChronoUnit.MINUTES);
        var first = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(HEAD_START);
        return wanted.isAfter(first) ? wanted : first;
    }

    private static String key(Instant minute, int part) {
        return "timer#" + minute + "." + part;
    }

    private static String pk(String id) {
        return "TIMER#" + id;
    }
}
