package dev.certtide.simulation;

import dev.certtide.model.Status;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.QuietHours;
import java.time.Instant;

/** When owners want to be left alone, from the words of {@code docs/policies.md}; on purpose not by the code that decides. */
final class Calm {
    private Calm() {}

    /** Whether something of that level is not to be told now. */
    static boolean isWanted(Policy policy, Status level, Instant now) {
        return isMaintenance(policy, now) || isQuiet(policy, level, now);
    }

    static boolean isMaintenance(Policy policy, Instant now) {
        return policy.maintenance().stream()
                .anyMatch(window -> !window.from().isAfter(now) && window.to().isAfter(now));
    }

    static boolean isQuiet(Policy policy, Status level, Instant now) {
        return policy.quietHours().stream()
                .filter(hours -> hours.except().isEmpty()
                        || level.compareTo(hours.except().get()) < 0)
                .anyMatch(hours -> isIn(hours, now));
    }

    /** By the clock on the wall: hours that go past midnight belong to the day on which they begin. */
    private static boolean isIn(QuietHours hours, Instant now) {
        var local = now.atZone(hours.zone());
        var time = local.toLocalTime();
        var day = local.getDayOfWeek();
        boolean isOvernight = !hours.to().isAfter(hours.from());
        boolean isEvening = !time.isBefore(hours.from()) && (isOvernight || time.isBefore(hours.to()));
        boolean isMorning = isOvernight && time.isBefore(hours.to());
        return isEvening && (hours.days().isEmpty() || hours.days().contains(day))
                || isMorning && (hours.days().isEmpty() || hours.days().contains(day.minus(1)));
    }
}
