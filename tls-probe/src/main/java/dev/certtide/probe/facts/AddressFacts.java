package dev.certtide.probe.facts;

import dev.certtide.model.address.IpLiteral;
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
 *     send them, however the handshake ended afterwards; empty otherwise
 * @param took wall-clock time of connect and handshake
 * @param handshake what else the handshake showed
 */
public record AddressFacts(
        InetSocketAddress address,
        Ending ending,
        List<X509Certificate> chain,
        Duration took,
        HandshakeFacts handshake) {
    /** Signed certificate timestamps in a certificate (RFC 6962, 3.3). */
    private static final String EMBEDDED_SCTS = "1.3.6.1.4.1.11129.2.4.2";

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

    /** Whether the leaf carries timestamps of Certificate Transparency logs; those in a TLS extension are not seen. */
    public boolean hasEmbeddedScts() {
        return !chain.isEmpty() && chain.getFirst().getExtensionValue(EMBEDDED_SCTS) != null;
    }
}
