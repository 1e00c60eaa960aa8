package dev.certtide.probe.visit;

import java.security.Security;

/**
 * The JDK's limits on handshakes, raised so that a bad server is reported and not taken for a failure: how large its
 * messages may be, and which protocols and algorithms there can be at all. JSSE reads them once, when it is first used in
 * a process. Making a {@link Probe} raises them; whoever uses TLS before that calls {@link #raise} at the start of
 * {@code main}.
 *
 * <p>The list of disabled algorithms holds for the whole process, and emptying it must not weaken anybody else's
 * connections (an AWS client's, for example): so what clients offer without being told, is set to what is safe. The probe
 * itself names every protocol and suite, see {@link ClientHello}.
 */
public final class HandshakeLimits {
    private HandshakeLimits() {}

    /**
     * Sets the limits. Sizes and defaults that the operator has set with {@code -D} stay; the disabled algorithms are
     * emptied whatever they are, because AWS's runtime for Java writes its own list over the JDK's before a function's
     * first class is loaded.
     */
    public static void raise() {
        // 32 KB by default; a certificate with 10,000 names is larger.
        set("jdk.tls.maxHandshakeMessageSize", Integer.toString(1 << 20));
        // 10 by default. Servers that send their whole trust store are found, not supposed.
        set("jdk.tls.client.maxInboundCertificateChainLength", "50");
        set("jdk.tls.client.protocols", String.join(",", ClientHello.MODERN_PROTOCOLS));
        set("jdk.tls.client.cipherSuites", String.join(",", ClientHello.MODERN_SUITES));
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        Security.setProperty("jdk.tls.legacyAlgorithms", "");
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
