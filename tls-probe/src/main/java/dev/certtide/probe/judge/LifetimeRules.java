package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.path.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How long a public authority's certificates for servers may be valid: both ends included, in days of 86,400 seconds (BR
 * 6.3.2, by ballot SC-081v3). Chrome ("Certificate Lifetimes", since version 85) and Apple ("About upcoming limits on
 * trusted certificates") refuse what is longer than the first limit; whether anybody refuses what is longer than just
 * the later ones is not known. Private authorities issue for as long as they like.
 *
 * @param isPublic whether browsers know a root as a public authority's
 */
record LifetimeRules(Predicate<X509Certificate> isPublic) {
    /** What clients hold public authorities to. */
    private static final Limit REFUSED = new Limit(Instant.parse("2020-09-01T00:00:00Z"), 398);

    /** What the Baseline Requirements hold them to, the latest first. */
    private static final List<Limit> LIMITS = List.of(
            new Limit(Instant.parse("2029-03-15T00:00:00Z"), 47),
            new Limit(Instant.parse("2027-03-15T00:00:00Z"), 100),
            new Limit(Instant.parse("2026-03-15T00:00:00Z"), 200),
            REFUSED);

    /**
     * @param from for what is issued from then on
     * @param days the longest
     */
    private record Limit(Instant from, int days) {
        boolean binds(X509Certificate leaf) {
            return !leaf.getNotBefore().toInstant().isBefore(from);
        }

        boolean isExceededBy(X509Certificate leaf) {
            return lifetime(leaf).compareTo(Duration.ofDays(days)) > 0;
        }
    }

    /** Why clients refuse the path's leaf. */
    Optional<Defect> refusal(Path path) {
        X509Certificate leaf = path.leaf();
        return REFUSED.binds(leaf) && REFUSED.isExceededBy(leaf) && isPublic.test(path.anchor())
                ? Optional.of(Defect.critical(
                        FindingCode.INVALID_CHAIN,
                        "The server's own certificate is valid for " + told(leaf)
                                + ", and of a public authority Chrome "
                                + "and Apple take none that is valid for more than " + REFUSED.days()
                                + " (BR 6.3.2). Have it issued anew."))
                : Optional.empty();
    }

    /** The rule that the path's leaf breaks. */
    Optional<Breach> breach(Path path) {
        X509Certificate leaf = path.leaf();
        return LIMITS.stream()
                .filter(limit -> limit.binds(leaf))
                .findFirst()
                .filter(limit -> limit.isExceededBy(leaf) && isPublic.test(path.anchor()))
                .map(limit -> new Breach(
                        leaf,
                        "is valid for " + told(leaf) + ", more than the " + limit.days()
                                + " that public authorities may give it since " + Wording.utc(limit.from()),
                        "BR 6.3.2"));
    }

    private static Duration lifetime(X509Certificate leaf) {
        return Duration.between(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant())
                .plusSeconds(1); // RFC 5280, 4.1.2.5: from notBefore through notAfter, inclusive.
    }

    /** Begun days count. */
    private static String told(X509Certificate leaf) {
        return lifetime(leaf).plusDays(1).minusSeconds(1).toDays() + " days";
    }
}
