package dev.certtide.probe.visit;

import dev.certtide.probe.path.KnownCertificates;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Takes certificates apart. */
final class Certificates {
    private Certificates() {}

    /**
     * The JDK's certificates of what another library received.
     *
     * @throws CertificateException if one cannot be taken apart; JSSE refuses such a chain as well
     */
    static List<X509Certificate> parsed(X509Certificate[] sent) throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>(sent.length);
        for (X509Certificate certificate : sent) {
            chain.add(KnownCertificates.of(certificate.getEncoded()));
        }
        return chain;
    }
}
