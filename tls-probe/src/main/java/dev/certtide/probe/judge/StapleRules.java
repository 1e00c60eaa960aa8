package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.Staple;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a stapled OCSP response means. A server need not staple, unless its certificate says so; Firefox holds it to that,
 * and others do not.
 */
final class StapleRules {
    private final TrustAnchors anchors;

    StapleRules(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    Optional<Defect> judge(AddressFacts address, Evidence evidence, Instant now) {
        if (address.chain().isEmpty() || !address.ending().isAnswered()) {
            return Optional.empty();
        }
        X509Certificate leaf = address.chain().getFirst();
        Optional<byte[]> staple = address.handshake().stapled();
        if (staple.isEmpty()) {
            return Staple.isRequiredBy(leaf) ? Optional.of(required("and the server sends none")) : Optional.empty();
        }
        Signatures signatures = new Signatures();
        return issuerOf(leaf, address, evidence, signatures)
                .flatMap(issuer -> switch (Staple.of(staple.get(), leaf, issuer, now, signatures)) {
                    case Staple.Good _ -> Optional.empty();
                    case Staple.Revoked(var entry) ->
                        Optional.of(Defect.critical(FindingCode.REVOKED, RevocationRules.sentence(leaf, true, entry)));
                    case Staple.Unusable(String what) ->
                        Optional.of(
                                Staple.isRequiredBy(leaf)
                                        ? required("and what the server sends " + what)
                                        : Defect.informative(
                                                FindingCode.NON_COMPLIANT,
                                                "The OCSP response that the server staples " + Wording.printable(what)
                                                        + " (RFC 6960, 3.2). Most clients ignore it. Have the server "
                                                        + "fetch it anew, or staple none."));
                });
    }

    private static Defect required(String fault) {
        return new Defect(
                FindingCode.INVALID_CHAIN,
                Status.WARNING,
                "The certificate requires a stapled OCSP response (must-staple, RFC 7633), " + Wording.printable(fault)
                        + "; Firefox refuses that. Switch stapling on, or have the certificate issued without the "
                        + "requirement.");
    }

    private Optional<X509Certificate> issuerOf(
            X509Certificate leaf, AddressFacts address, Evidence evidence, Signatures signatures) {
        return Stream.of(
                        address.chain().stream().skip(1),
                        anchors.endsOfPathsWith(leaf.getIssuerX500Principal()).stream(),
                        evidence.issuers().stream().map(Evidence.Issuer::certificate))
                .flatMap(candidates -> candidates)
                .filter(issuer -> issuer.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
                .filter(issuer -> signatures.verifies(leaf, issuer.getPublicKey()))
                .findFirst();
    }
}
