package dev.certtide.probe.judge;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the time that a certificate has left is too short: a share of its own lifetime, but never more than so many days.
 *
 * <p>A share, because lifetimes shrink: 200 days since 15 March 2026, 100 a year later, 47 from 15 March 2029 (CA/Browser
 * Forum ballot SC-081v3), and there are certificates of 160 hours (Let's Encrypt, "short-lived" profile). ACME clients
 * renew with a third of the lifetime left (Certbot, lego), so that a quarter left says that a renewal is late. Days as
 * an upper bound, because a quarter of an old private certificate would be years.
 *
 * <p>Whoever wants fixed times gives them: {@link #withWarning} and {@link #withCritical}. The share is 1 then.
 *
 * @param warningAtMost at most this long before the end is a warning
 * @param warningShare share of the lifetime, more than 0, up to 1
 * @param criticalAtMost at most this long before the end is critical; not longer than {@code warningAtMost}
 * @param criticalShare share of the lifetime, more than 0, up to 1
 */
public record ExpiryThresholds(
        Duration warningAtMost, double warningShare, Duration criticalAtMost, double criticalShare) {
    /** No certificate that clients accept was ever valid for longer than ten years; what is more is a slip. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** A warning with 30 days or a quarter of the lifetime left, critical with 7 days or a tenth, whichever is less. */
    public static final ExpiryThresholds STANDARD =
            new ExpiryThresholds(Duration.ofDays(30), 0.25, Duration.ofDays(7), 0.10);

    /**
     * @throws InvalidInputException with the field {@code warning} or {@code critical} when one is not longer than
     *     nothing, is longer than ten years, or when critical would begin before the warning
     */
    public ExpiryThresholds {
        checkLimit("warning", warningAtMost, warningShare);
        checkLimit("critical", criticalAtMost, criticalShare);
        if (criticalAtMost.compareTo(warningAtMost) > 0) {
            throw new InvalidInputException(
                    "critical",
                    "begins " + Wording.span(criticalAtMost) + " before the end, earlier than the warning with "
                            + Wording.span(warningAtMost) + "; make it at most as long, or the warning longer");
        }
    }

    /**
     * Warns this long before the end, whatever the lifetime. It is not critical before.
     *
     * @throws InvalidInputException as the constructor does
     */
    public ExpiryThresholds withWarning(Duration left) {
        checkLimit("warning", left, 1);
        return new ExpiryThresholds(left, 1, Collections.min(List.of(criticalAtMost, left)), criticalShare);
    }

    /**
     * Becomes critical this long before the end, whatever the lifetime.
     *
     * @throws InvalidInputException as the constructor does
     */
    public ExpiryThresholds withCritical(Duration left) {
        checkLimit("critical", left, 1);
        return new ExpiryThresholds(Collections.max(List.of(warningAtMost, left)), warningShare, left, 1);
    }

    /**
     * Warns and becomes critical so long before the end, whatever the lifetime.
     *
     * @throws InvalidInputException as the constructor does
     */
    public static ExpiryThresholds absolute(Duration warning, Duration critical) {
        return new ExpiryThresholds(warning, 1, critical, 1);
    }

    /**
     * The standard, but for the times that are given.
     *
     * @throws InvalidInputException as the constructor does
     */
    public static ExpiryThresholds standardBut(Optional<Duration> warning, Optional<Duration> critical) {
        if (warning.isPresent() && critical.isPresent()) {
            return absolute(warning.get(), critical.get());
        }
        return warning.map(STANDARD::withWarning)
                .or(() -> critical.map(STANDARD::withCritical))
                .orElse(STANDARD);
    }

    /**
     * A number of days as people write it, {@code 21} or {@code 1.5}.
     *
     * @param field what to call it when it is wrong
     * @throws InvalidInputException with that field, when it is no number of days between a minute and ten years
     */
    public static Duration days(String field, String text) {
        if (text.matches("\\d{1,4}(\\.\\d{1,4})?")) {
            var seconds = new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(Duration.ofDays(1).toSeconds()));
            var days = Duration.ofSeconds(seconds.longValue());
            if (days.compareTo(Duration.ofMinutes(1)) >= 0 && days.compareTo(LONGEST) <= 0) {
                return days;
            }
        }
        throw new InvalidInputException(
                field,
                "must be a number of days, more than 0 and at most " + LONGEST.toDays() + ", such as 21 or 1.5, not '"
                        + Wording.printable(text) + "'");
    }

    /**
     * How bad it is, at {@code now}, that a certificate of this validity will end: {@link Status#OK},
     * {@link Status#WARNING} or {@link Status#CRITICAL}. One that has ended is critical too.
     */
    public Status level(Instant notBefore, Instant notAfter, Instant now) {
        Duration left = Duration.between(now, notAfter);
        // Both ends are included: RFC 5280, 4.1.2.5.
        Duration lifetime = Duration.between(notBefore, notAfter).plusSeconds(1);
        if (left.compareTo(criticalLeft(lifetime)) <= 0) {
            return Status.CRITICAL;
        }
        return left.compareTo(lesser(warningAtMost, lifetime, warningShare)) <= 0 ? Status.WARNING : Status.OK;
    }

    /** The instants at which a certificate of this validity becomes a warning, and critical. */
    Stream<Instant> crossings(Instant notBefore, Instant notAfter) {
        Duration lifetime = Duration.between(notBefore, notAfter).plusSeconds(1);
        return Stream.of(lesser(warningAtMost, lifetime, warningShare), criticalLeft(lifetime))
                .map(notAfter::minus);
    }

    /** How much may be left of a certificate of that lifetime for it to be critical. */
    Duration criticalLeft(Duration lifetime) {
        return lesser(criticalAtMost, lifetime, criticalShare);
    }

    private static Duration lesser(Duration atMost, Duration lifetime, double share) {
        Duration part = Duration.ofMillis((long) (lifetime.toMillis() * share));
        return part.compareTo(atMost) < 0 ? part : atMost;
    }

    private static void checkLimit(String field, Duration atMost, double share) {
        if (!atMost.isPositive() || atMost.compareTo(LONGEST) > 0) {
            throw new InvalidInputException(
                    field, "must be longer than nothing and at most " + LONGEST.toDays() + " days before the end");
        }
        if (!(share > 0 && share <= 1)) {
            throw new InvalidInputException(field, "must be a share of the lifetime, more than 0 and at most 1");
        }
    }
}
