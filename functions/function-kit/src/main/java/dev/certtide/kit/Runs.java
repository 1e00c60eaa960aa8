package dev.certtide.kit;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checks that came to the same as those before: in the table {@code Results} one item for some hundred targets of a
 * slot, and none for a target.
 *
 * <p>{@code docs/contracts/tables.md} describes the layout.
 */
public final class Runs {
    private static final String RUN = "RUN#";
    private static final String FROM = "from";
    private static final String LAST = "last";
    private static final String EXCEPT = "except";

    /** After {@link #KEPT} there are no more of a daily slot, and a day of an hourly one tells what is needed. */
    private static final int MOST_ROUNDS = 40;

    /** In one round, messages that came back may have told of a range again. */
    private static final int MOST_ITEMS = 10;

    /** Long enough to see when a certificate was seen last that is checked once a day. */
    static final Duration KEPT = Duration.ofDays(40);

    private final Table table;

    /** Runs in that table, which is {@code Results}. */
    public Runs(Table table) {
        this.table = table;
    }

    /** Keeps what a run came to; keeping it again changes nothing. */
    public void keep(SslUnchanged run) {
        table.put(Item.of(pk(run.slot()), sk(run.minute(), run.first().id(), Results.sortable(run.from())))
                .with("first", run.first().id())
                .with(LAST, run.last().id())
                .with(FROM, Results.sortable(run.from()))
                .with("to", Results.sortable(run.to()))
                .with("unchanged", run.unchanged())
                .with(
                        EXCEPT,
                        Optional.of(run.except().stream().map(Target::id).collect(Collectors.joining(",")))
                                .filter(ids -> !ids.isEmpty()))
                .with("expiresAt", run.to().plus(KEPT).getEpochSecond()));
    }

    /**
     * When a target was checked last: the time of its latest result, or later, since checks that come to the same are
     * not written down one by one. Off by as much as the checks of one run are apart, seconds, and never too late.
     *
     * <p>A run tells of all targets of its range that were on the schedule then: of a target that was not, because its
     * watches were paused or removed, it says nothing.
     *
     * @param latest the latest result of the target
     * @param scheduledAt since when the target has been on the schedule ({@link Config#scheduledAt}), if it is on it
     * @param before only checks before that are asked for
     */
    public Instant lastChecked(CheckResult latest, Optional<Instant> scheduledAt, Instant before) {
        return scheduledAt
                .flatMap(since -> lastUnchanged(latest, since, before))
                .orElse(latest.checkedAt());
    }

    private Optional<Instant> lastUnchanged(CheckResult latest, Instant scheduledAt, Instant before) {
        var slot = Slot.of(latest.target(), Cadence.of(latest));
        var after = Results.sortable(latest.checkedAt());
        var until = Results.sortable(before);
        return rounds(slot, latest.checkedAt(), before)
                // What was due before may have been read before, and checked after that.
                .takeWhile(minute -> minute.isAfter(scheduledAt))
                .flatMap(minute -> covering(slot, minute, latest.target()))
                .map(run -> run.get(FROM))
                .filter(from -> after.compareTo(from) < 0 && from.compareTo(until) < 0)
                .findFirst()
                .map(Instant::parse);
    }

    /** The minutes in which the slot was due, the newest first. */
    private static Stream<Instant> rounds(Slot slot, Instant after, Instant before) {
        var cadence = Duration.ofMinutes(slot.cadence().minutes());
        var minute = before.truncatedTo(ChronoUnit.MINUTES);
        var newest = minute.minus(
                Duration.ofMinutes(Math.floorMod(Math.floorDiv(minute.getEpochSecond(), 60) - slot.minute(), (long)
                        slot.cadence().minutes())));
        // What was due before the latest result may have been checked after it.
        return Stream.iterate(newest, round -> round.minus(cadence))
                .takeWhile(round -> round.isAfter(after.minus(cadence)))
                .limit(MOST_ROUNDS);
    }

    /** The runs of a round that tell of this target, the newest of each range first. */
    private Stream<Item> covering(Slot slot, Instant minute, Target target) {
        return table
                .descending(pk(slot.key()), RUN + minute(minute) + "#", sk(minute, target.id(), "~"), MOST_ITEMS)
                .stream()
                .filter(run -> target.id().compareTo(run.get(LAST)) <= 0)
                .filter(run -> !exceptions(run).contains(target.id()));
    }

    private static List<String> exceptions(Item run) {
        return run.find(EXCEPT).map(ids -> Arrays.asList(ids.split(","))).orElse(List.of());
    }

    private static String sk(Instant minute, String first, String from) {
        return RUN + minute(minute) + "#" + first + "#" + from;
    }

    /** ISO 8601 to the minute. */
    private static String minute(Instant minute) {
        return minute.toString().substring(0, 16) + "Z";
    }

    private static String pk(String slot) {
        return "SLOT#" + slot;
    }
}
