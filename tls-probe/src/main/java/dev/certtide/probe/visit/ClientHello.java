package dev.certtide.probe.visit;

import dev.certtide.model.address.IpLiteral;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What the probe offers to a server: TLS 1.3 and 1.2 with forward secrecy. Protocols and suites are named one by one
 * because the JDK's defaults depend on security properties, which AWS's runtime for Java overwrites.
 */
final class ClientHello {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The suites of TLS 1.3 (RFC 8446, B.4), then those with forward secrecy of TLS 1.2, best first. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

    private ClientHello() {}

    /** A factory of its own for every connection: a shared one would resume sessions, and no certificate be sent. */
    static SSLSocketFactory socketsWith(X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[] {trust}, RANDOM);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    /** What is offered to {@code host}; an address is not sent as server name (RFC 6066, 3). */
    static SSLParameters parametersFor(String host, Set<String> supportedSuites) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(PROTOCOLS.clone());
        parameters.setCipherSuites(
                SUITES.stream().filter(supportedSuites::contains).toArray(String[]::new));
        parameters.setServerNames(Stream.of(host)
                .filter(name -> IpLiteral.parse(name).isEmpty())
                .<SNIServerName>map(DnsName::new)
                .toList());
        return parameters;
    }

    /** A server name as it is. The JDK's {@code SNIHostName} refuses underscores, which real names have. */
    private static final class DnsName extends SNIServerName {
        private DnsName(String name) {
            super(StandardConstants.SNI_HOST_NAME, withoutTrailingDot(name).getBytes(StandardCharsets.US_ASCII));
        }

        private static String withoutTrailingDot(String name) {
            return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        }
    }
}
