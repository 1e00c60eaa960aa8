package dev.certtide.probe.facts;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a handshake showed besides its chain and its ending.
 *
 * @param modernRefusal what the server said to what clients of today offer, if it took only what they no longer do
 * @param applicationProtocol what was agreed upon by ALPN (RFC 7301): {@code h2}, {@code http/1.1}; asked of https only
 * @param staple the OCSP response for the leaf that the server sent along, DER, unchecked (RFC 6066, 8)
 * @param clientCertificateRequested whether the server asked for a client certificate, whatever it did without one
 * @param diffieHellmanBits the size of the server's finite-field Diffie-Hellman group, if one was used up to TLS 1.2
 * @param unreadable certificates that were sent and are not in the chain, because they cannot be taken apart
 */
public record HandshakeFacts(
        Optional<String> modernRefusal,
        Optional<String> applicationProtocol,
        Optional<ByteBuffer> staple,
        boolean clientCertificateRequested,
        OptionalInt diffieHellmanBits,
        List<UnreadableCertificate> unreadable) {
    /** Nothing was seen. */
    public static final HandshakeFacts NONE =
            new HandshakeFacts(Optional.empty(), Optional.empty(), Optional.empty(), false, OptionalInt.empty());

    public HandshakeFacts {
        staple = staple.map(ByteBuffer::asReadOnlyBuffer);
        unreadable = List.copyOf(unreadable);
    }

    /** What a handshake showed whose certificates can all be read. */
    public HandshakeFacts(
            Optional<String> modernRefusal,
            Optional<String> applicationProtocol,
            Optional<ByteBuffer> staple,
            boolean clientCertificateRequested,
            OptionalInt diffieHellmanBits) {
        this(modernRefusal, applicationProtocol, staple, clientCertificateRequested, diffieHellmanBits, List.of());
    }

    /** A view of its own: a buffer has a position, which one reader would move for all. */
    @Override
    public Optional<ByteBuffer> staple() {
        return staple.map(ByteBuffer::duplicate);
    }

    /** The bytes of the staple. */
    public Optional<byte[]> stapled() {
        return staple().map(response -> {
            byte[] der = new byte[response.remaining()];
            response.get(der);
            return der;
        });
    }

    /** The same, seen after the server had refused the hello of today. */
    public HandshakeFacts afterRefusal(String refusal) {
        return new HandshakeFacts(
                Optional.of(refusal),
                applicationProtocol,
                staple,
                clientCertificateRequested,
                diffieHellmanBits,
                unreadable);
    }
}
