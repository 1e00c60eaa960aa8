package dev.certtide.probe.visit;

/**
 * The JDK's limits on what a server may send in a handshake, raised so that a large certificate is reported and not
 * taken for a failure. JSSE reads them once, when it is first used in a process. Making a {@link Probe} raises them;
 * whoever uses TLS before that calls {@link #raise} at the start of {@code main}.
 */
public final class HandshakeLimits {
    private HandshakeLimits() {}

    /** Sets the limits, unless the operator has set them with {@code -D}. */
    public static void raise() {
        // 32 KB by default; a certificate with 10,000 names is larger.
        raise("jdk.tls.maxHandshakeMessageSize", 1 << 20);
        // 10 by default. Servers that send their whole trust store are found, not supposed.
        raise("jdk.tls.client.maxInboundCertificateChainLength", 50);
    }

    private static void raise(String property, int limit) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(limit));
        }
    }
}
