package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.path.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Intermediates that a server forgot to send and that were found where its certificates say. */
final class MissingIssuers {
    private MissingIssuers() {}

    /** What was sent, and after it what was fetched. */
    static List<X509Certificate> and(List<X509Certificate> sent, Evidence evidence) {
        List<X509Certificate> all = new ArrayList<>(sent);
        evidence.issuers().stream().map(Evidence.Issuer::certificate).forEach(all::add);
        return all;
    }

    /** What to say when a path exists with what was fetched, and none without. */
    static Defect judge(Path path, List<X509Certificate> sent, Evidence evidence) {
        X509Certificate forgotten = path.intermediates().stream()
                .filter(certificate -> !sent.contains(certificate))
                .findFirst()
                .orElseThrow();
        String where = evidence.issuers().stream()
                .filter(issuer -> issuer.certificate().equals(forgotten))
                .findFirst()
                .map(issuer -> issuer.from().toString())
                .orElseThrow();
        return Defect.critical(
                FindingCode.INCOMPLETE_CHAIN,
                "The server does not send the intermediate " + Wording.subject(forgotten) + ". It is at "
                        + Wording.printable(where)
                        + ", where browsers may look and most programs and phones do not; those refuse the certificate. "
                        + "Install the full chain.");
    }
}
