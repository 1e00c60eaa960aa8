package dev.certtide.model.history;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** How changes speak of days, spans of time and names. */
final class ChangeWording {
    private static final int NAMES_TOLD = 5;

    private ChangeWording() {}

    /** {@code 2027-03-15}. */
    static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** {@code 47 days}; below ten days, where they would hide a difference, {@code 160 hours}. */
    static String span(Duration span) {
        var days = span.plusHours(12).toDays();
        return days >= 10 ? days + " days" : span.plusMinutes(30).toHours() + " hours";
    }

    /** The first few and how many more. */
    static String list(List<String> names) {
        var told = String.join(", ", names.subList(0, Math.min(NAMES_TOLD, names.size())));
        return names.size() > NAMES_TOLD ? told + " and " + (names.size() - NAMES_TOLD) + " more" : told;
    }
}
