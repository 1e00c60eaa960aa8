package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a path leads from the leaf to a trust anchor, and if not, what is in its way. The leaf's own dates are judged
 * elsewhere: paths are validated at an instant within the leaf's validity, or every expired certificate would be called
 * untrusted as well.
 */
final class ChainRules {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280, 4.2.1.12
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final TrustAnchors anchors;

    ChainRules(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    /** What is wrong with the chain, none if clients that trust the anchors accept it at {@code now}. */
    Optional<Defect> judge(List<X509Certificate> sent, Instant now) {
        X509Certificate leaf = sent.getFirst();
        if (!isForServers(leaf)) {
            return Optional.of(invalid("The certificate is not for servers: its extended key usage lacks serverAuth. "
                    + "Have one issued for a web server."));
        }
        if (anchors.contains(leaf)) {
            return Optional.empty();
        }
        if (PathSearch.isSelfSigned(leaf)) {
            return Optional.of(Defect.critical(
                    FindingCode.SELF_SIGNED,
                    "The certificate of " + Wording.subject(leaf)
                            + " is signed by its own key, so no client trusts it. "
                            + "Install one from a certificate authority."));
        }
        PathSearch search = new PathSearch(sent, anchors);
        Instant date = within(leaf, now);
        List<Optional<Defect>> outcomes =
                search.paths().stream().map(path -> defectOf(path, date)).toList();
        if (outcomes.isEmpty()) {
            return Optional.of(withoutPath(search));
        }
        // One good path is enough: clients look for one too.
        return outcomes.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : outcomes.getFirst();
    }

    /**
     * Why no path exists. The server's last certificate decides: a root was sent and is not trusted; or an issuing
     * certificate was sent, and its issuer, as is usual for roots, was not; or nothing was sent but the leaf. In the last
     * case the leaf's issuer is called missing: almost always it is an intermediate that was forgotten.
     */
    private Defect withoutPath(PathSearch search) {
        X509Certificate last = search.furthest().getLast();
        if (PathSearch.isSelfSigned(last)) {
            return Defect.critical(
                    FindingCode.UNTRUSTED_ROOT,
                    "The chain ends at the root " + Wording.subject(last) + ", which is not trusted. "
                            + "Use a publicly trusted authority, or add this root if it is your own.");
        }
        if (search.forgery().isPresent()) {
            PathSearch.Forgery forgery = search.forgery().get();
            return invalid(
                    "The certificate of " + Wording.subject(forgery.certificate()) + " is not signed by the key of "
                            + Wording.subject(forgery.namedIssuer())
                            + ", which was sent as its issuer. Install the intermediate that belongs to the certificate.");
        }
        boolean hasNamesake =
                !anchors.withSubject(last.getIssuerX500Principal()).isEmpty();
        if (search.furthest().size() > 1 || hasNamesake) {
            return Defect.critical(
                    FindingCode.UNTRUSTED_ROOT,
                    "The chain leads to " + Wording.issuer(last)
                            + (hasNamesake
                                    ? ", of which a namesake with another key is trusted. "
                                    : ", which is not trusted. ")
                            + "Use a publicly trusted authority, add this root if it is your own, or, if it is an "
                            + "intermediate, have the server send it.");
        }
        return Defect.critical(
                FindingCode.INCOMPLETE_CHAIN,
                "The server sends its certificate without that of the issuer " + Wording.issuer(last)
                        + ", so many clients find no path to a root. Install the full chain.");
    }

    private static Optional<Defect> defectOf(PathSearch.Path path, Instant date) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(date));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path.certificates()), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(invalid(reason(path, e)));
        } catch (GeneralSecurityException e) {
            return Optional.of(invalid("The chain cannot be validated: " + Wording.printable(e.toString()) + "."));
        }
    }

    private static String reason(PathSearch.Path path, CertPathValidatorException failure) {
        if (failure.getIndex() < 0) {
            return "The chain is refused: " + Wording.printable(failure.getMessage()) + ".";
        }
        X509Certificate culprit = path.certificates().get(failure.getIndex());
        String of = "The certificate of " + Wording.subject(culprit) + " in the chain ";
        if (failure.getReason() == BasicReason.EXPIRED) {
            return of + "expired on " + Wording.utc(culprit.getNotAfter().toInstant())
                    + ", and there is no other path to a root. Install the current intermediate.";
        }
        if (failure.getReason() == BasicReason.NOT_YET_VALID) {
            return of + "is valid only from "
                    + Wording.utc(culprit.getNotBefore().toInstant())
                    + " on, and there is no other path to a root. Install the current intermediate.";
        }
        return of + "is refused: " + Wording.printable(failure.getMessage()) + ". Have it issued anew.";
    }

    private static Instant within(X509Certificate leaf, Instant now) {
        Instant notBefore = leaf.getNotBefore().toInstant();
        Instant notAfter = leaf.getNotAfter().toInstant();
        Instant begun = now.isBefore(notBefore) ? notBefore : now;
        return begun.isAfter(notAfter) ? notAfter : begun;
    }

    private static boolean isForServers(X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes == null || purposes.contains(SERVER_AUTH) || purposes.contains(ANY_PURPOSE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static Defect invalid(String detail) {
        return Defect.critical(FindingCode.INVALID_CHAIN, detail);
    }
}
