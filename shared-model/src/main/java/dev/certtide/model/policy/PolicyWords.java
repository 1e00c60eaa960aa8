package dev.certtide.model.policy;

import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words in the JSON of policies, and what they stand for. */
final class PolicyWords {
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private PolicyWords() {}

    static Profile profile(String word) {
        return one(word, Profile.values(), Profile::word);
    }

    static String every(String word) {
        return one(word, new String[] {"daily", "weekly"}, Function.identity());
    }

    /** Good news wait for nobody: there is no level below a warning. */
    static Status level(String word) {
        return one(word, new Status[] {Status.WARNING, Status.CRITICAL, Status.UNREACHABLE}, Status::word);
    }

    static DayOfWeek day(String word) {
        return one(word, DayOfWeek.values(), PolicyWords::word);
    }

    static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    static String channelType(String word) {
        return one(word, Channel.TYPES.toArray(String[]::new), Function.identity());
    }

    static FindingCode code(String word) {
        return Arrays.stream(FindingCode.values())
                .filter(code -> code.code().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "", "is no code of a finding such as weak-cipher; docs/findings.md has them all"));
    }

    static LocalTime time(String text) {
        try {
            if (text.matches("[0-9]{2}:[0-9]{2}")) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException noTime) {
            // Told below.
        }
        throw new InvalidInputException("", "is no time of day; write hours and minutes such as 07:30, 00:00 to 23:59");
    }

    static ZoneId zone(String text) {
        if (ZONES.contains(text)) {
            return ZoneId.of(text);
        }
        var meant = ZONES.stream().filter(text::equalsIgnoreCase).findFirst();
        throw new InvalidInputException(
                "",
                "is no time zone that exists; "
                        + meant.map(zone -> "write " + zone)
                                .orElse("write one of the tz database such as Europe/Berlin or UTC"));
    }

    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException invalid) {
            throw new InvalidInputException("", "is no RFC 3339 time such as 2026-11-21T20:00:00Z");
        }
    }

    private static <T> T one(String word, T[] values, Function<T, String> name) {
        return Arrays.stream(values)
                .filter(value -> name.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "", "must be one of " + Arrays.stream(values).map(name).collect(Collectors.joining(", "))));
    }
}
