package dev.certtide.probe.facts;

import dev.certtide.model.address.IpLiteral;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.revocation.Staple;
import dev.certtide.probe.transparency.SignedTimestamp;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * What was seen on one address.
 *
 * @param address where
 * @param ending how it ended
 * @param chain the certificates in the order in which they were sent, the leaf first; kept whenever the server got to
 *     send them, however the handshake ended afterwards; without those that cannot be read, and empty without a leaf
 * @param took wall-clock time of connect and handshake
 * @param handshake what else the handshake showed
 */
public record AddressFacts(
        InetSocketAddress address,
        Ending ending,
        List<X509Certificate> chain,
        Duration took,
        HandshakeFacts handshake) {
    public AddressFacts {
        chain = List.copyOf(chain);
    }

    /** An address of which nothing else is known. */
    public AddressFacts(InetSocketAddress address, Ending ending, List<X509Certificate> chain, Duration took) {
        this(address, ending, chain, took, HandshakeFacts.NONE);
    }

    /** {@code ip:port}, IPv6 in brackets (RFC 5952). */
    public String addressText() {
        String ip = IpLiteral.text(address.getAddress());
        return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + address.getPort();
    }

    /** Whether the server sent a certificate of its own, be it one that cannot be read. */
    public boolean showedCertificate() {
        return !chain.isEmpty() || ending instanceof Ending.CertificateUnreadable;
    }

    /** Whether the leaf carries timestamps of Certificate Transparency logs. */
    public boolean hasEmbeddedScts() {
        return !chain.isEmpty() && Extensions.has(chain.getFirst(), SignedTimestamp.EMBEDDED);
    }

    /** Those that the leaf carries. */
    public List<SignedTimestamp> embeddedTimestamps() {
        return chain.isEmpty() ? List.of() : SignedTimestamp.embeddedIn(chain.getFirst());
    }

    /** Those in the OCSP response that the server stapled. */
    public List<SignedTimestamp> stapledTimestamps() {
        return handshake
                .stapled()
                .filter(_ -> !chain.isEmpty())
                .map(der -> Staple.timestamps(der, chain.getFirst()))
                .orElse(List.of());
    }
}
