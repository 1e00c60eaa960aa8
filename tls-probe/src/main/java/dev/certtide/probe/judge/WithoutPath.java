package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.path.PathSearch;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Why what the server sends does not lead to a trust anchor.
 *
 * <p>Certificates say where their issuers are. Those are fetched, so that a forgotten intermediate is told from an
 * untrusted root. If that fails, which of the two it is remains unknown, and the sentence says so; the code is the likelier
 * one, and {@link dev.certtide.model.history.Outcome#guessIn} makes it that of the check before. So a place that answers one
 * day and not the next makes no finding another one.
 *
 * @param sent what was found among what the server sent, no path
 * @param known what was found with what was fetched besides
 */
record WithoutPath(TrustAnchors anchors, PathSearch sent, PathSearch known, Evidence evidence) {
    /**
     * The reason. The last certificate on the way up decides: a root is there and is not trusted; or an issuing
     * certificate, and its issuer, as is usual for roots, is not; or nothing but the leaf. In the last case the leaf's
     * issuer is called missing: almost always it is an intermediate that was forgotten.
     */
    Defect defect() {
        X509Certificate last = known.furthest().getLast();
        if (Signatures.isSelfSigned(last)) {
            return Defect.critical(
                    FindingCode.UNTRUSTED_ROOT,
                    "The chain ends at the root " + Wording.subject(last) + ", which is not trusted. "
                            + "Use a publicly trusted authority, or add this root if it is your own.");
        }
        return forgery().orElseGet(() -> missingOrUntrusted(last));
    }

    /** What was sent in the issuer's place and is another's: wrong, whatever can be fetched. */
    Optional<Defect> forgery() {
        return sent.forgery()
                .map(
                        forgery -> Defect.critical(
                                FindingCode.INVALID_CHAIN,
                                "The certificate of " + Wording.subject(forgery.certificate())
                                        + " is not signed by the key of "
                                        + Wording.subject(forgery.namedIssuer())
                                        + ", which was sent as its issuer. Install the intermediate that belongs to the certificate."));
    }

    private Defect missingOrUntrusted(X509Certificate last) {
        boolean hasNamesake =
                !anchors.withSubject(last.getIssuerX500Principal()).isEmpty();
        boolean isUntrusted = known.furthest().size() > 1 || hasNamesake;
        FindingCode code = isUntrusted ? FindingCode.UNTRUSTED_ROOT : FindingCode.INCOMPLETE_CHAIN;
        if (evidence.missing().stream().anyMatch(missing -> missing.kind() == Evidence.Kind.ISSUER)) {
            return Defect.critical(
                    code,
                    "The chain leads to " + Wording.issuer(last)
                            + ", which is an intermediate that the server leaves out, or an authority that is not trusted: "
                            + "its certificate could not be fetched, so it is not known which. Install the full chain; if "
                            + "it is complete, use a publicly trusted authority, or add this root if it is your own.");
        }
        return Defect.critical(
                code,
                isUntrusted
                        ? "The chain leads to " + Wording.issuer(last)
                                + (hasNamesake
                                        ? ", of which a namesake with another key is trusted. "
                                        : ", which is not trusted. ")
                                + "Use a publicly trusted authority, add this root if it is your own, or, if it is an "
                                + "intermediate, have the server send it."
                        : "The server sends its certificate without that of the issuer " + Wording.issuer(last)
                                + ", so many phones and programs refuse it, even where a browser shows nothing wrong. "
                                + "Install the full chain.");
    }
}
