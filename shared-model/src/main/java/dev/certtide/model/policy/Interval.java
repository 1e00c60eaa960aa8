package dev.certtide.model.policy;

import dev.certtide.model.InvalidInputException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A length of time as people write it: {@code 30m}, {@code 4h}, {@code 7d}.
 *
 * @param length whole minutes, from one minute to ten years
 */
public record Interval(Duration length) {
    static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})([mhd])");
    private static final String EXPECTED =
            "must be minutes, hours or days such as 30m, 4h or 7d, at most " + LONGEST.toDays() + "d";

    public Interval {
        if (!length.equals(Duration.ofMinutes(length.toMinutes()))
                || length.compareTo(Duration.ofMinutes(1)) < 0
                || length.compareTo(LONGEST) > 0) {
            throw new InvalidInputException("", EXPECTED);
        }
    }

    /**
     * Reads the text.
     *
     * @throws InvalidInputException when it is none
     */
    public static Interval parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInputException("", EXPECTED);
        }
        long count = Long.parseLong(parts.group(1));
        return new Interval(
                switch (parts.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** Half of it, rounded up to whole minutes. */
    public Interval half() {
        return new Interval(Duration.ofMinutes((length.toMinutes() + 1) / 2));
    }

    /** The shorter of two. */
    public Interval orShorter(Interval other) {
        return length.compareTo(other.length) <= 0 ? this : other;
    }

    /** In the largest unit that leaves no rest. */
    @Override
    public String toString() {
        long minutes = length.toMinutes();
        if (minutes % (24 * 60) == 0) {
            return length.toDays() + "d";
        }
        return minutes % 60 == 0 ? length.toHours() + "h" : minutes + "m";
    }
}
