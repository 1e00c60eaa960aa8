package dev.certtide.farm;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server shows: its private key, and the chain it sends, leaf first.
 *
 * @param key the leaf's private key
 * @param chain the certificates to send, at least the leaf; roots are not sent
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a server needs at least a leaf certificate");
        }
    }

    /** The server's own certificate. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** The same server with its intermediates forgotten, the commonest mistake of all. */
    public Identity withoutIntermediates() {
        return new Identity(key, List.of(leaf()));
    }

    /** The same server sending these below its own certificate. */
    public Identity sendingBelow(X509Certificate... others) {
        return sending(Stream.concat(Stream.of(leaf()), Stream.of(others)).toList());
    }

    /** The same server sending another chain. */
    public Identity sending(List<X509Certificate> otherChain) {
        return new Identity(key, otherChain);
    }
}
