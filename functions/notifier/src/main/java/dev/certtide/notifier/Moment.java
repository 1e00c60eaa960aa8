package dev.certtide.notifier;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time, for people. Pure. */
final class Moment {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moment() {}

    /** For example {@code 21 November 2026 13:00 UTC}. */
    static String at(Instant instant) {
        return UTC.format(instant);
    }

    /** The same with its distance, for example {@code 21 November 2026 13:00 UTC, in 8 days}. */
    static String seenFrom(Instant now, Instant instant) {
        return at(instant) + ", " + distance(now, instant);
    }

    /** For example {@code in 8 days} or {@code 30 hours ago}. */
    static String distance(Instant now, Instant then) {
        var between = Duration.between(now, then);
        if (between.abs().toMinutes() == 0) {
            return "this minute";
        }
        var amount = amount(between.abs());
        return between.isNegative() ? amount + " ago" : "in " + amount;
    }

    /** In the largest unit of which there are two at least: rounded down, so that nobody thinks there is more time. */
    static String amount(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " hours";
        }
        return duration.toMinutes() == 1 ? "1 minute" : duration.toMinutes() + " minutes";
    }
}
