package dev.certtide.cli.demo;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.policy.Interval;
import java.time.Duration;

/**
 * How fast time passes in a demo, at most: it waits for whatever has to be done.
 *
 * @param perSecond an hour to a week
 */
public record Speed(Duration perSecond) {
    /** So that a target is seen once a day, however fast time flies. */
    private static final Duration MOST_AT_ONCE = Duration.ofDays(1);

    private static final String SUFFIX = "/s";
    private static final String EXPECTED = "must be a length of time per second from 1h/s to 7d/s, such as 1d/s";

    public Speed {
        if (perSecond.compareTo(Duration.ofHours(1)) < 0 || perSecond.compareTo(Duration.ofDays(7)) > 0) {
            throw new InvalidInputException("--speed", EXPECTED);
        }
    }

    /**
     * Reads {@code 1d/s}.
     *
     * @throws InvalidInputException when it is no speed
     */
    public static Speed parse(String text) {
        if (!text.endsWith(SUFFIX)) {
            throw new InvalidInputException("--speed", EXPECTED);
        }
        try {
            return new Speed(Interval.parse(text.substring(0, text.length() - SUFFIX.length()))
                    .length());
        } catch (InvalidInputException noInterval) {
            throw new InvalidInputException("--speed", EXPECTED);
        }
    }

    /** By how much the clock leaps at most. */
    Duration leap() {
        return perSecond.compareTo(MOST_AT_ONCE) < 0 ? perSecond : MOST_AT_ONCE;
    }

    /** How long a leap takes at least. */
    Duration pause(Duration leap) {
        return Duration.ofNanos(leap.toNanos() / perSecond.toSeconds());
    }
}
