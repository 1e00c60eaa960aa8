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

    /** For example {@code in 8 days}, {@code 30 hours ago} or {@code just now}. */
    static String distance(Instant now, Instant then) {
        var between = Duration.between(now, then);
        if (between.abs().toMinutes() < 1) {
            return between.isNegative() || between.isZero() ? "just now" : "in less than a minute";
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
        return switch ((int) duration.toMinutes()) {
            case 1 -> "1 minute";
            case 60 -> "an hour";
            default -> duration.toMinutes() + " minutes";
        };
    }
}
