package dev.certtide.simulation;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Issues certificates, each with a number of its own. */
final class Certificates {
    private long serial;

    /** An intermediate below the root of that name. */
    CertificateReport intermediate(String name, String root, Instant notBefore, Duration lifetime) {
        return certificate("CN=" + name, "CN=" + root, List.of(), notBefore, lifetime);
    }

    /** A leaf, with the intermediate that signs it. */
    Host.Served leaf(Target target, CertificateReport issuer, Instant notBefore, Duration lifetime) {
        var name = target.displayName();
        return new Host.Served(certificate("CN=" + name, issuer.subject(), List.of(name), notBefore, lifetime), issuer);
    }

    private CertificateReport certificate(
            String subject, String issuer, List<String> names, Instant notBefore, Duration lifetime) {
        serial++;
        return new CertificateReport(
                subject,
                issuer,
                Long.toHexString(serial),
                notBefore,
                notBefore.plus(lifetime).minusSeconds(1),
                names,
                0,
                "EC P-256",
                "SHA256withECDSA",
                "%064x".formatted(serial));
    }
}
