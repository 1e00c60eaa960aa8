package dev.certtide.probe.judge;

import dev.certtide.probe.path.Oids;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

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
}
