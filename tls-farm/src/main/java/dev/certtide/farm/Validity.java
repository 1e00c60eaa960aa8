package dev.certtide.farm;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time in which a certificate is valid, both ends included (RFC 5280, 4.1.2.5), in whole seconds as X.509 has it.
 *
 * @param notBefore the first valid second
 * @param notAfter the last valid second
 */
public record Validity(Instant notBefore, Instant notAfter) {
    public Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("notAfter " + notAfter + " is before notBefore " + notBefore);
        }
    }

    /**
     * A validity of the given lifetime that ends {@code left} after {@code now}; a negative {@code left} is one that
     * has ended, a {@code left} longer than the lifetime one that has not begun.
     */
    public static Validity withLeft(Instant now, Duration lifetime, Duration left) {
        Instant end = now.plus(left);
        return new Validity(end.minus(lifetime), end);
    }
}
