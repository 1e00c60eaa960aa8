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
 */
public record AddressFacts(InetSocketAddress address, Ending ending, List<X509Certificate> chain, Duration took) {
    public AddressFacts {
        chain = List.copyOf(chain);
    }

    /** {@code ip:port}, IPv6 in brackets (RFC 5952). */
    public String addressText() {
        String ip = IpLiteral.text(address.getAddress());
        return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + address.getPort();
    }
}
