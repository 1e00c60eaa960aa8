package dev.certtide.probe.judge;

import dev.certtide.model.Status;
import java.time.Duration;
import java.time.Instant;

/**
 * When the time that a certificate has left is too short: a share of its own lifetime, but never more than so many days.
 *
 * <p>A share, because lifetimes shrink: 200 days since 15 March 2026, 100 a year later, 47 from 15 March 2029 (CA/Browser
 * Forum ballot SC-081v3), and there are certificates of 160 hours (Let's Encrypt, "short-lived" profile). ACME clients
 * renew with a third of the lifetime left (Certbot, lego), so that a quarter left says that a renewal is late. Days as
 * an upper bound, because a quarter of an old private certificate would be years.
 *
 * @param warningAtMost at most this long before the end is a warning
 * @param warningShare share of the lifetime, 0 to 1
 * @param criticalAtMost at most this long before the end is critical
 * @param criticalShare share of the lifetime, 0 to 1
 */
public record ExpiryThresholds(
        Duration warningAtMost, double warningShare, Duration criticalAtMost, double criticalShare) {
    /** A warning with 30 days or a quarter of the lifetime left, critical with 7 days or a tenth, whichever is less. */
    public static final ExpiryThresholds STANDARD =
            new ExpiryThresholds(Duration.ofDays(30), 0.25, Duration.ofDays(7), 0.10);

    /**
     * How bad it is, at {@code now}, that a certificate of this validity will end: {@link Status#OK},
     * {@link Status#WARNING} or {@link Status#CRITICAL}. One that has ended is critical too.
     */
    public Status level(Instant notBefore, Instant notAfter, Instant now) {
        Duration left = Duration.between(now, notAfter);
        // Both ends are included: RFC 5280, 4.1.2.5.
        Duration lifetime = Duration.between(notBefore, notAfter).plusSeconds(1);
        if (left.compareTo(lesser(criticalAtMost, lifetime, criticalShare)) <= 0) {
            return Status.CRITICAL;
        }
        return left.compareTo(lesser(warningAtMost, lifetime, warningShare)) <= 0 ? Status.WARNING : Status.OK;
    }

    private static Duration lesser(Duration atMost, Duration lifetime, double share) {
        Duration part = Duration.ofMillis((long) (lifetime.toMillis() * share));
        return part.compareTo(atMost) < 0 ? part : atMost;
    }
}
