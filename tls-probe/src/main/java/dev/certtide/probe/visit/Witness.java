package dev.certtide.probe.visit;

import java.security.cert.X509Certificate;
import java.util.List;

/** What a handshake shows while it is under way. Written by the visiting thread, read by whoever cuts it off too. */
final class Witness {
    private volatile Seen seen = new Seen(List.of(), "", "");
    private volatile boolean askedForCertificate;

    /**
     * What has been seen up to now.
     *
     * @param chain what was sent, the leaf first
     * @param protocol the version that was agreed upon by then, by JSSE's name; empty without a chain
     * @param cipherSuite the suite, by JSSE's name; empty without a chain
     */
    record Seen(List<X509Certificate> chain, String protocol, String cipherSuite) {}

    void sees(Seen sight) {
        seen = sight;
    }

    void isAskedForCertificate() {
        askedForCertificate = true;
    }

    Seen seen() {
        return seen;
    }

    boolean wasAskedForCertificate() {
        return askedForCertificate;
    }
}
