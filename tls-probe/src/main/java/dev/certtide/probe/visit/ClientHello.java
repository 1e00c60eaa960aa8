package dev.certtide.probe.visit;

import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.model.address.IpLiteral;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

/**
 * What the probe offers to a server. Protocols and suites are named one by one because the JDK's defaults depend on
 * security properties, which AWS's runtime for Java overwrites.
 *
 * <p>There are two tiers. {@link #ofToday} is what browsers offer (Chrome 140, Firefox 140): TLS 1.3 and 1.2, AEAD and CBC
 * suites with elliptic curves, and AES with RSA key exchange, which they all still take although RFC 9325, 4.1 advises
 * against it. It has no finite-field Diffie-Hellman, which Chrome has not offered since 53 nor Firefox since 78. So a
 * server that refuses it is refused by clients of today, and {@link #ofOld} is there to see its certificate nevertheless.
 *
 * @param protocols JSSE's names
 * @param suites by preference; those that an engine does not know are left out
 * @param applications offered by ALPN (RFC 7301), by preference
 * @param isNamed whether the host is asked for by its name (RFC 6066, 3)
 */
record ClientHello(List<String> protocols, List<String> suites, List<String> applications, boolean isNamed) {
    static final List<String> MODERN_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** The suites of TLS 1.3 (RFC 8446, B.4), then those of TLS 1.2, best first. */
    static final List<String> MODERN_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA");

    private static final ClientHello TO_THE_WEB =
            new ClientHello(MODERN_PROTOCOLS, MODERN_SUITES, List.of("h2", "http/1.1"), true);

    private static final ClientHello TO_OTHERS = new ClientHello(MODERN_PROTOCOLS, MODERN_SUITES, List.of(), true);

    private static final List<String> OLD_PROTOCOLS = List.of("TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3");

    /** What a client of today offers. ALPN is for the web: what other protocols would agree upon is theirs to say. */
    static ClientHello ofToday(Protocol protocol) {
        return protocol == Protocol.HTTPS ? TO_THE_WEB : TO_OTHERS;
    }

    /** Everything that the JDK can still speak below TLS 1.3, bare of extensions that old servers choke on. */
    static ClientHello ofOld(Set<String> supportedSuites) {
        List<String> suites = Stream.of(
                        MODERN_SUITES.stream(),
                        // A server may be chosen among several: one without certificate or encryption comes last.
                        supportedSuites.stream().filter(suite -> !isWorst(suite)),
                        supportedSuites.stream().filter(ClientHello::isWorst))
                .flatMap(suite -> suite)
                .distinct()
                .filter(suite -> !isOfTls13(suite))
                .toList();
        return new ClientHello(OLD_PROTOCOLS, suites, List.of(), true);
    }

    ClientHello withoutApplications() {
        return new ClientHello(protocols, suites, List.of(), isNamed);
    }

    /** The same to whatever host is the server's default. */
    ClientHello withoutName() {
        return new ClientHello(protocols, suites, applications, false);
    }

    /** Whether a server that agrees to this has not needed an old hello for it. */
    static boolean isOfToday(String protocol, String suite) {
        return MODERN_PROTOCOLS.contains(protocol) && MODERN_SUITES.contains(suite);
    }

    /** This hello to the target; an address is not sent as server name (RFC 6066, 3). */
    SSLParameters to(Target target, Set<String> supportedSuites) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(protocols.toArray(String[]::new));
        parameters.setCipherSuites(
                suites.stream().filter(supportedSuites::contains).toArray(String[]::new));
        parameters.setApplicationProtocols(applications.toArray(String[]::new));
        parameters.setServerNames(Stream.of(target.host())
                .filter(name -> isNamed && IpLiteral.parse(name).isEmpty())
                .<SNIServerName>map(DnsName::new)
                .toList());
        return parameters;
    }

    /** A name as the extension has it (RFC 6066, 3). */
    static String withoutTrailingDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isWorst(String suite) {
        return suite.contains("_anon_") || suite.contains("_NULL_") || suite.contains("_EXPORT_");
    }

    private static boolean isOfTls13(String suite) {
        return !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
    }

    /** A server name as it is. The JDK's {@code SNIHostName} refuses underscores, which real names have. */
    private static final class DnsName extends SNIServerName {
        private DnsName(String name) {
            super(StandardConstants.SNI_HOST_NAME, withoutTrailingDot(name).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
