package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Violation;
import java.security.cert.X509Certificate;
import java.util.List;

/** What findings say of what is wrong on a path. */
final class PathWording {
    private static final int BREACHES_TOLD = 5;

    private PathWording() {}

    static Defect defect(Path path, Violation violation) {
        X509Certificate culprit = violation.certificate();
        boolean isRoot = culprit.equals(path.anchor());
        String of = culprit.equals(path.leaf())
                ? "The server's own certificate "
                : isRoot
                        ? "The root " + Wording.subject(culprit) + " "
                        : "The certificate of " + Wording.subject(culprit) + " in the chain ";
        String instead = ", and there is no other path to a root. "
                + (isRoot ? "Get a certificate that leads to another root." : "Install the current intermediate.");
        return Defect.critical(
                FindingCode.INVALID_CHAIN,
                of
                        + switch (violation.kind()) {
                            case EXPIRED ->
                                "expired on "
                                        + Wording.utc(culprit.getNotAfter().toInstant()) + instead;
                            case NOT_YET_VALID ->
                                "is valid only from "
                                        + Wording.utc(culprit.getNotBefore().toInstant()) + " on" + instead;
                            case BAD_SIGNATURE, CONSTRAINED ->
                                Wording.printable(violation.what()) + " (" + violation.source()
                                        + "). Have the certificate issued anew.";
                        });
    }

    static String weakKey(String role, X509Certificate certificate, String weakness) {
        return "The " + role + " " + Wording.subject(certificate) + " has " + weakness
                + "; clients refuse it. Use RSA of at least 2048 bits, or EC P-256.";
    }

    static String weakSignature(String role, X509Certificate certificate, String algorithm) {
        return "The " + role + " " + Wording.subject(certificate) + " is signed with " + algorithm
                + ", which can be forged; clients refuse it. Have it issued anew with SHA-256.";
    }

    static String nonCompliant(List<Breach> breaches) {
        String told = String.join(
                "; ", breaches.stream().limit(BREACHES_TOLD).map(Breach::told).toList());
        String more = breaches.size() > BREACHES_TOLD ? "; and " + (breaches.size() - BREACHES_TOLD) + " more" : "";
        return "Clients take the certificate, but a rule for those who issue it is broken: " + told + more
                + ". Tell your certificate authority; nothing is urgent.";
    }
}
