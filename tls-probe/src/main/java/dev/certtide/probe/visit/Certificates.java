package dev.certtide.probe.visit;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
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
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>(sent.length);
        for (X509Certificate certificate : sent) {
            chain.add(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.getEncoded())));
        }
        return chain;
    }
}
