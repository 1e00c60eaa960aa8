package dev.certtide.model.policy;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * One summary instead of single messages.
 *
 * @param day the day of the week; absent: every day
 * @param at when, local time
 * @param zone whose local time
 * @param upTo what is worse is told at once
 */
public record Digest(Optional<DayOfWeek> day, LocalTime at, ZoneId zone, Status upTo) {
    public Digest {
        Required.field("at", at);
        Required.field("zone", zone);
        Required.field("upTo", upTo);
        if (upTo == Status.OK) {
            throw new InvalidInputException("upTo", "must be warning, critical or unreachable");
        }
    }

    /** Whether something of this level waits for the summary. */
    public boolean holds(Status level) {
        return level.compareTo(upTo) <= 0;
    }

    /** When the next summary is told: later than {@code now}. */
    public Instant next(Instant now) {
        var local = now.atZone(zone);
        var date = day.map(weekday -> local.toLocalDate().with(TemporalAdjusters.nextOrSame(weekday)))
                .orElse(local.toLocalDate());
        var first = date.atTime(at).atZone(zone).toInstant();
        return first.isAfter(now)
                ? first
                : date.plusDays(day.isPresent() ? 7 : 1).atTime(at).atZone(zone).toInstant();
    }
}
