package dev.certtide.model.policy;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Hours in which an owner wants to sleep: what is to be told then is told at their end, if it is still true.
 *
 * @param days the days on which they begin; empty: every day
 * @param from when they begin, local time
 * @param to when they end, the same day or the next; the same as {@code from}: a whole day
 * @param zone whose local time; changes to and from daylight saving time are heeded
 * @param except this level and worse is told all the same
 */
public record QuietHours(List<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, Optional<Status> except) {
    public QuietHours {
        days = List.copyOf(new TreeSet<>(days));
        Required.field("from", from);
        Required.field("to", to);
        Required.field("zone", zone);
        if (except.filter(Status.OK::equals).isPresent()) {
            throw new InvalidInputException("except", "must be warning, critical or unreachable");
        }
    }

    /** When the hours end that {@code now} is in, if it is in any. */
    public Optional<Instant> endAt(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        return Stream.of(today.minusDays(1), today)
                .filter(day -> days.isEmpty() || days.contains(day.getDayOfWeek()))
                .filter(day -> !now.isBefore(begin(day)) && now.isBefore(end(day)))
                .map(this::end)
                .max(Instant::compareTo);
    }

    /** Whether something of this level is told all the same. */
    public boolean pass(Status level) {
        return except.filter(least -> level.compareTo(least) >= 0).isPresent();
    }

    private Instant begin(LocalDate day) {
        return instant(day.atTime(from)).withEarlierOffsetAtOverlap().toInstant();
    }

    /** Where the clock passes the end twice, the second time: it is night in between. */
    private Instant end(LocalDate day) {
        return instant((to.isAfter(from) ? day : day.plusDays(1)).atTime(to))
                .withLaterOffsetAtOverlap()
                .toInstant();
    }

    /** A time that the clock leaves out is the one at which it does. */
    private ZonedDateTime instant(LocalDateTime local) {
        var transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant().atZone(zone)
                : local.atZone(zone);
    }
}
