package dev.certtide.farm;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A small certificate authority as the public ones are built: a root that stays at home, and an intermediate that signs
 * the leaves.
 *
 * @param root the trust anchor
 * @param intermediate what signs leaves; servers send it along
 */
public record CertificateAuthority(Issuer root, Issuer intermediate) {
    private static final Duration YEAR = Duration.ofDays(365);

    /** A new authority, valid since some years before {@code now}, so that it could have issued what is long expired. */
    public static CertificateAuthority create(String name, Instant now) {
        Issuer root = Issuer.root(name + " root", Validity.withLeft(now, YEAR.multipliedBy(20), YEAR.multipliedBy(15)));
        return new CertificateAuthority(
                root,
                root.intermediate(
                        name + " intermediate", Validity.withLeft(now, YEAR.multipliedBy(8), YEAR.multipliedBy(4))));
    }

    /** A server certificate below the intermediate, with the chain that a well-kept server sends. */
    public Identity issue(LeafRequest request) {
        return intermediate.issue(request);
    }

    /** When the intermediate is valid, for others like it. */
    Validity intermediateValidity() {
        return new Validity(
                intermediate.certificate().getNotBefore().toInstant(),
                intermediate.certificate().getNotAfter().toInstant());
    }

    /** The root in PEM: what a client must trust. */
    public String rootPem() {
        return root.pem();
    }

    /** The root in PEM after a line that says that it is trusted for what was issued up to that instant. */
    public String rootPemUntil(Instant last) {
        return "# Distrust after: " + last.truncatedTo(ChronoUnit.SECONDS) + " " + root.sha256() + "\n" + root.pem();
    }
}
