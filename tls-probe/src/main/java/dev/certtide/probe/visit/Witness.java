package dev.certtide.probe.visit;

import dev.certtide.probe.facts.UnreadableCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a handshake shows while it is under way. Written by the visiting thread, read by whoever cuts it off too. */
final class Witness {
    private volatile Seen seen = new Seen(List.of(), "", "");
    private volatile boolean askedForCertificate;
    private final List<UnreadableCertificate> unreadable = new CopyOnWriteArrayList<>();

    /**
     * What has been seen up to now.
     *
     * @param chain what was sent and can be read, the leaf first; empty if that cannot
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

    void cannotRead(UnreadableCertificate certificate) {
        unreadable.add(certificate);
    }

    Seen seen() {
        return seen;
    }

    boolean wasAskedForCertificate() {
        return askedForCertificate;
    }

    /** In the order in which they were sent. */
    List<UnreadableCertificate> unreadable() {
        return unreadable;
    }

    Optional<UnreadableCertificate> unreadableLeaf() {
        return unreadable.stream().filter(UnreadableCertificate::isLeaf).findFirst();
    }
}
