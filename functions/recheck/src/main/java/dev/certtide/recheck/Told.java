package dev.certtide.recheck;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What an invocation is for: its event names a minute, which may be late, repeated or wrong. */
sealed interface Told {
    /**
     * A minute's round.
     *
     * @param minute the event's own, so that a repeated invocation means the same one
     * @param from what there is to do
     */
    record Round(Instant minute, Backlog from) implements Told {}

    /**
     * A minute that has not come. It is served alone and changes nothing else: were it taken for the present, all
     * minutes before it would be taken for missed, and then for served.
     *
     * @param minute the event's own
     */
    record Ahead(Instant minute) implements Told {}

    /**
     * Judges an event's time by the clock and by what is known.
     *
     * @param event the event's time
     * @param now the clock's
     * @param known what earlier rounds have left; nothing before the first
     */
    static Told of(Instant event, Instant now, Optional<Backlog> known) {
        var minute = event.truncatedTo(ChronoUnit.MINUTES);
        var present = now.truncatedTo(ChronoUnit.MINUTES);
        if (minute.isAfter(present.plus(Turn.MINUTE))) {
            return new Ahead(minute);
        }
        // Events that waited while the function could not run come all at once. Each would be a round of its own; so
        // the first of them is the present's, which makes up for their minutes, and the others find nothing to do.
        var meant = minute.isBefore(present.minus(Turn.MINUTE)) ? present : minute;
        if (known.isEmpty()) {
            return new Round(meant, Backlog.before(meant));
        }
        var backlog = known.get();
        if (backlog.through().isAfter(present.plus(Turn.MINUTE))) {
            return new Round(meant, backlog.rewoundTo(meant));
        }
        return new Round(minute.isAfter(backlog.through()) ? meant : minute, backlog);
    }
}
