package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.policy.Interval;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Moments to come, as people write them. */
final class Until {
    /** Longer than a certificate may live. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private Until() {}

    /**
     * Reads a length of time from now such as {@code 2d}, or an instant such as {@code 2026-12-01T08:00:00Z}.
     *
     * @throws InvalidInputException when it is neither, or not after {@code now}, or more than 400 days after it
     */
    static Instant parse(String text, Instant now) {
        var until = text.contains("T") ? instant(text) : now.plus(interval(text).length());
        if (!until.isAfter(now)) {
            throw new InvalidInputException("--until", "is past; name a time to come");
        }
        if (until.isAfter(now.plus(LONGEST))) {
            throw new InvalidInputException("--until", "is more than " + LONGEST.toDays() + " days away");
        }
        return until;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noInstant) {
            throw wrong();
        }
    }

    private static Interval interval(String text) {
        try {
            return Interval.parse(text);
        } catch (InvalidInputException noInterval) {
            throw wrong();
        }
    }

    private static InvalidInputException wrong() {
        return new InvalidInputException(
                "--until", "must be a length of time such as 4h or 2d, or an instant such as 2026-12-01T08:00:00Z");
    }
}
