package dev.certtide.probe.revocation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** Certificates that need no revocation, since they end before it would work (BR 1.6.1, Short-lived Subscriber Certificate). */
public final class ShortLived {
    private static final Instant STRICTER = Instant.parse("2026-03-15T00:00:00Z");

    private ShortLived() {}

    /** Whether it is valid for 7 days at most; for 10, if it was issued before 15 March 2026. */
    public static boolean is(X509Certificate certificate) {
        Instant issued = certificate.getNotBefore().toInstant();
        // Both ends are included (RFC 5280, 4.1.2.5).
        Duration lifetime =
                Duration.between(issued, certificate.getNotAfter().toInstant()).plusSeconds(1);
        return lifetime.compareTo(Duration.ofDays(issued.isBefore(STRICTER) ? 10 : 7)) <= 0;
    }
}
