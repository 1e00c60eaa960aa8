package dev.certtide.probe.path;

import dev.certtide.probe.path.Violation.Kind;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Validates one path by RFC 5280, section 6.1, from the anchor down to the leaf. Own code rather than the JDK's
 * {@code CertPathValidator}: that one ignores everything in the anchor but its name and key, verifies every signature a
 * second time after the search, maps policies wrongly (PKITS 4.10), and its name constraints have no bound.
 */
public final class PathValidator {
    /** Whether the anchor's own dates and extensions count. */
    public enum Anchor {
        /** Just a name and a key, as RFC 5280, 6.1.1 (d) has it. */
        NAME_AND_KEY,
        /** A certificate with constraints and dates, as TLS clients (OpenSSL, Go) and RFC 5937 have it. */
        CERTIFICATE
    }

    private static final Set<String> UNDERSTOOD = Set.of(
            Oids.KEY_USAGE,
            Oids.BASIC_CONSTRAINTS,
            Oids.EXTENDED_KEY_USAGE,
            Oids.NAME_CONSTRAINTS,
            Oids.SUBJECT_ALTERNATIVE_NAME,
            Oids.CERTIFICATE_POLICIES,
            Oids.POLICY_MAPPINGS,
            Oids.POLICY_CONSTRAINTS,
            Oids.INHIBIT_ANY_POLICY,
            // Nothing to enforce, so that it does not matter that they must not be critical:
            Oids.SUBJECT_KEY_IDENTIFIER,
            Oids.AUTHORITY_KEY_IDENTIFIER,
            Oids.ISSUER_ALTERNATIVE_NAME,
            Oids.CRL_DISTRIBUTION_POINTS,
            Oids.AUTHORITY_INFORMATION_ACCESS);

    private final Path path;
    private final Instant date;
    private final Signatures signatures;
    private final List<Violation> violations = new ArrayList<>();
    private final PermittedNames names = new PermittedNames();
    private final PolicyState policies;
    private int pathLength = Integer.MAX_VALUE;

    private PathValidator(Path path, Instant date, PolicyInputs inputs, Signatures signatures) {
        this.path = path;
        this.date = date;
        this.signatures = signatures;
        this.policies = new PolicyState(inputs, path.certificates().size());
    }

    /** Everything that makes the path invalid at {@code date}, from the anchor down; empty if it is valid. */
    public static List<Violation> violations(
            Path path, Instant date, Anchor anchor, PolicyInputs policies, Signatures signatures) {
        PathValidator validator = new PathValidator(path, date, policies, signatures);
        if (anchor == Anchor.CERTIFICATE) {
            validator.anchor();
        }
        validator.certificates();
        return validator.violations;
    }

    /**
     * The key that the certificate at a place has on this path (RFC 5280, 6.1.2 (g)): its own, with DSA parameters of
     * those above it.
     *
     * @param place 0 for the leaf, the number of certificates for the anchor
     */
    public static PublicKey workingKey(Path path, int place) {
        PublicKey key = path.anchor().getPublicKey();
        for (int i = path.certificates().size() - 1; i >= place; i--) {
            key = DsaParameters.inherited(path.certificates().get(i).getPublicKey(), key);
        }
        return key;
    }

    private void anchor() {
        X509Certificate anchor = path.anchor();
        dates(anchor);
        criticalExtensions(anchor);
        // Roots of version 1, from before extensions, are trusted for what they are.
        if (Extensions.has(anchor, Oids.BASIC_CONSTRAINTS) && !Extensions.isAuthority(anchor)) {
            refuse(anchor, "is not a CA's and signs another", "RFC 5280, 4.2.1.9");
        }
        signsCertificates(anchor);
        pathLength = Extensions.pathLength(anchor).orElse(pathLength);
        constrainNames(anchor);
    }

    private void certificates() {
        PublicKey key = path.anchor().getPublicKey();
        for (int i = path.certificates().size() - 1; i >= 0; i--) {
            X509Certificate certificate = path.certificates().get(i);
            X509Certificate issuer = path.issuerOf(i);
            boolean isLeaf = i == 0;
            if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    || !signatures.verifies(certificate, key)) {
                violations.add(new Violation(
                        Kind.BAD_SIGNATURE, certificate, "is not signed by its issuer's key", "RFC 5280, 6.1.3 (a)"));
            }
            dates(certificate);
            if (isLeaf || !Signatures.isSelfIssued(certificate)) {
                guarded(certificate, "names", () -> names.refusalOf(certificate)
                        .ifPresent(what -> refuse(certificate, what, "RFC 5280, 6.1.3 (b), (c)")));
            }
            guarded(certificate, "policies", () -> policies.process(certificate, isLeaf)
                    .ifPresent(what -> refuse(certificate, what, "RFC 5280, 6.1.3 (f)")));
            if (!isLeaf) {
                prepareForNext(certificate);
            }
            criticalExtensions(certificate);
            key = DsaParameters.inherited(certificate.getPublicKey(), key);
        }
        if (!policies.isGood()) {
            refuse(path.leaf(), "is good for none of the policies that the path asks for", "RFC 5280, 6.1.5 (g)");
        }
    }

    private void prepareForNext(X509Certificate certificate) {
        guarded(certificate, "policies", () -> policies.prepareForNext(certificate)
                .ifPresent(what -> refuse(certificate, what, "RFC 5280, 6.1.4 (a)")));
        constrainNames(certificate);
        if (certificate.getVersion() < 3 || !Extensions.isAuthority(certificate)) {
            refuse(certificate, "is not a CA's and signs another", "RFC 5280, 6.1.4 (k)");
        }
        if (!Signatures.isSelfIssued(certificate) && pathLength-- <= 0) {
            refuse(certificate, "is one intermediate too many: one above it allows fewer", "RFC 5280, 6.1.4 (l)");
        }
        OptionalInt own = Extensions.pathLength(certificate);
        pathLength = Math.min(pathLength, own.orElse(pathLength));
        signsCertificates(certificate);
    }

    private void constrainNames(X509Certificate certificate) {
        guarded(certificate, "name constraints", () -> NameConstraints.of(certificate)
                .ifPresent(names::constrain));
    }

    private void signsCertificates(X509Certificate certificate) {
        if (!Extensions.maySignCertificates(certificate)) {
            refuse(certificate, "may not sign certificates by its key usage, and signs another", "RFC 5280, 6.1.4 (n)");
        }
    }

    private void criticalExtensions(X509Certificate certificate) {
        for (String oid : Extensions.criticalOids(certificate)) {
            if (!UNDERSTOOD.contains(oid)) {
                refuse(certificate, "has a critical extension that nobody knows, " + oid, "RFC 5280, 6.1.4 (o)");
            }
        }
    }

    private void dates(X509Certificate certificate) {
        if (date.isAfter(certificate.getNotAfter().toInstant())) {
            violations.add(new Violation(Kind.EXPIRED, certificate, "has expired", "RFC 5280, 6.1.3 (a)"));
        } else if (date.isBefore(certificate.getNotBefore().toInstant())) {
            violations.add(new Violation(Kind.NOT_YET_VALID, certificate, "is not valid yet", "RFC 5280, 6.1.3 (a)"));
        }
    }

    private void guarded(X509Certificate certificate, String what, Runnable check) {
        try {
            check.run();
        } catch (MalformedDerException e) {
            refuse(certificate, "has " + what + " that cannot be read (" + e.getMessage() + ")", "RFC 5280, 4.2");
        }
    }

    private void refuse(X509Certificate certificate, String what, String source) {
        violations.add(Violation.constrained(certificate, what, source));
    }
}
