package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.model.schedule.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether a renewal is late, measured by when this target's certificates used to be renewed: weeks before the end comes
 * near, for those who renew early.
 *
 * <p>A monitor that cries when a renewal is a day late is switched off: clients try again the next day, and a certificate
 * may be renewed by a job that runs once a week. So a renewal is overdue only after a grace, which is the longest of
 *
 * <ul>
 *   <li>two checks' distance, since a renewal is seen up to one check after it was made, and was when it was learned;
 *   <li>three times the usual deviation from the habit, so that those who renew now and then are left in peace;
 *   <li>a twentieth of the lifetime: 4.5 days of 90, for which daily tries may fail. But no more than half of the time
 *       between the habit and the critical limit, so that it is told in time to those who renew late.
 * </ul>
 *
 * <p>By habit with a third of 90 days left, it is overdue with 25.5 days left; {@code expiring} warns with 22.5.
 */
final class RenewalRules {
    private static final int CHECKS = 2;
    private static final int DEVIATIONS = 3;
    private static final int LIFETIME_PART = 20;

    private final ExpiryThresholds thresholds;

    RenewalRules(ExpiryThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** A warning if the certificate should have been renewed by now; nothing once it has ended. */
    Optional<Defect> judge(Instant notBefore, Instant notAfter, RenewalHabit habit, Instant now) {
        var lifetime = Duration.between(notBefore, notAfter).plusSeconds(1);
        var left = Duration.between(now, notAfter);
        if (left.isNegative() || !lifetime.isPositive() || left.compareTo(overdueLeft(lifetime, habit)) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Defect(
                FindingCode.RENEWAL_OVERDUE,
                Status.WARNING,
                "The certificate should have been renewed by now, with " + Wording.span(left) + " left: the last "
                        + habit.renewals() + " times it was renewed about "
                        + Wording.span(rounded(habit.left(lifetime)))
                        + " before its end. See why the renewal has not run."));
    }

    /** With less than this left, a certificate of that lifetime is overdue. */
    Duration overdueLeft(Duration lifetime, RenewalHabit habit) {
        var usual = habit.left(lifetime);
        var untilCritical = usual.minus(thresholds.criticalLeft(lifetime));
        var patience = Collections.min(List.of(lifetime.dividedBy(LIFETIME_PART), untilCritical.dividedBy(2)));
        var checks = Duration.ofMinutes(
                (long) CHECKS * Cadence.of(Status.OK, lifetime).minutes());
        var deviations = Duration.ofSeconds((long) (DEVIATIONS * habit.deviation() * lifetime.toSeconds()));
        return usual.minus(Collections.max(List.of(patience, checks, deviations)));
    }

    /** To whole days: a renewal with 30 days left is seen a little later, and is not one with 29. */
    private static Duration rounded(Duration usual) {
        return usual.compareTo(Duration.ofDays(2)) < 0
                ? usual
                : usual.plusHours(12).truncatedTo(ChronoUnit.DAYS);
    }
}
