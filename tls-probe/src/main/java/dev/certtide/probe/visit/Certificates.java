package dev.certtide.probe.visit;

import dev.certtide.probe.facts.UnreadableCertificate;
import dev.certtide.probe.path.KnownCertificates;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Takes certificates apart. */
final class Certificates {
    private Certificates() {}

    /**
     * The JDK's certificates of what another library received. Those that cannot be taken apart are left out, and the
     * witness is told of them.
     *
     * @throws CertificateException if the first, the server's own, is one of them: there is nobody to shake hands with
     */
    static List<X509Certificate> parsed(X509Certificate[] sent, Witness witness) throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>(sent.length);
        for (int i = 0; i < sent.length; i++) {
            try {
                chain.add(KnownCertificates.of(sent[i].getEncoded()));
            } catch (CertificateException e) {
                witness.cannotRead(new UnreadableCertificate(i + 1, Failures.words(e)));
                if (i == 0) {
                    throw e;
                }
            }
        }
        return chain;
    }
}
