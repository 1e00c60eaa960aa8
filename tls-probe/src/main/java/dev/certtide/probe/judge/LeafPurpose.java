package dev.certtide.probe.judge;

import dev.certtide.model.CertificateReport;
import dev.certtide.probe.path.Oids;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What the extended key usage says that a certificate is for (RFC 5280, 4.2.1.12). */
final class LeafPurpose {
    private LeafPurpose() {}

    /** Whether it is for TLS servers; in an intermediate: whether it may issue for them, as all clients read it. */
    static boolean isForServers(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(Oids.SERVER_AUTH) || purposes.contains(Oids.ANY_PURPOSE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** What the extended key usage names, as reports tell it; nothing without one, or if it can't be read. */
    static Optional<List<String>> named(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).map(purposes -> purposes.stream()
                    .limit(CertificateReport.MOST_PURPOSES)
                    .map(LeafPurpose::word)
                    .toList());
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private static String word(String oid) {
        return switch (oid) {
            case Oids.SERVER_AUTH -> "serverAuth";
            case Oids.CLIENT_AUTH -> "clientAuth";
            default -> Wording.printable(oid);
        };
    }
}
