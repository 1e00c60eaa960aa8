package dev.certtide.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as people read them. */
final class Span {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAYS_OF_YEAR = 365;

    private Span() {}

    /** For example {@code 2026-11-30 12:00 UTC}. */
    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** How far away an instant is: {@code in 12 days}, {@code 3 hours ago}. What has begun counts as a whole. */
    static String distance(Instant now, Instant then) {
        var between = Duration.between(now, then);
        return between.isNegative() ? length(between.negated()) + " ago" : "in " + length(between);
    }

    /** For example {@code 30 days}, in the largest unit that fits, rounded down. */
    static String length(Duration length) {
        if (length.toDays() >= 2 * DAYS_OF_YEAR) {
            return length.toDays() / DAYS_OF_YEAR + " years";
        }
        if (length.toDays() > 0) {
            return count(length.toDays(), "day");
        }
        if (length.toHours() > 0) {
            return count(length.toHours(), "hour");
        }
        return length.toMinutes() > 0 ? count(length.toMinutes(), "minute") : "less than a minute";
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
