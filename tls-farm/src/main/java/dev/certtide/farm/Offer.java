package dev.certtide.farm;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What a server takes of what clients offer.
 *
 * @param protocols JSSE's names
 * @param suites which of all cipher suites that the JDK knows
 * @param clients what it wants of its clients
 * @param welcome what it makes of a client's hello before it answers
 * @param farewell how it ends a connection
 */
public record Offer(
        List<String> protocols, Predicate<String> suites, Clients clients, Welcome welcome, Farewell farewell) {
    /** TLS 1.3 and 1.2 with the JDK's own choice of suites. */
    public static final Offer TODAY = protocols("TLSv1.3", "TLSv1.2");

    /** Whether clients have to show a certificate. Who shows one is not let in either: this farm knows none. */
    public enum Clients {
        ANYBODY,
        ASKED_FOR_A_CERTIFICATE,
        WITH_A_CERTIFICATE
    }

    /** What a server does before it answers a hello. */
    public enum Welcome {
        /** Nothing. */
        PLAIN,
        /** Warns those who ask for a host by name that it has none such, and goes on (RFC 6066, 3). */
        WARNING_ABOUT_NAMES,
        /** Never answers those who offer TLS 1.3, nor hangs up. */
        DEAF_TO_TLS_1_3
    }

    /** Who ends a connection on which the handshake was completed, and how. */
    public enum Farewell {
        /** The client, whenever it likes. */
        CLIENTS,
        /** The server at once, by a close_notify and the end of the stream. */
        NOTIFIED,
        /** The server at once, by the end of the stream alone. */
        SILENT
    }

    public Offer {
        protocols = List.copyOf(protocols);
    }

    /** These versions, with whatever suites of strength they have. */
    public static Offer protocols(String... versions) {
        return new Offer(List.of(versions), suite -> !isWeak(suite), Clients.ANYBODY, Welcome.PLAIN, Farewell.CLIENTS);
    }

    /** TLS 1.2 and suites whose name contains this. */
    public static Offer suites(String part) {
        return new Offer(
                List.of("TLSv1.2"), suite -> suite.contains(part), Clients.ANYBODY, Welcome.PLAIN, Farewell.CLIENTS);
    }

    /** The same in this version. */
    public Offer in(String version) {
        return new Offer(List.of(version), suites, clients, welcome, farewell);
    }

    /** The same to these clients. */
    public Offer to(Clients others) {
        return new Offer(protocols, suites, others, welcome, farewell);
    }

    /** The same with this beginning. */
    public Offer with(Welcome other) {
        return new Offer(protocols, suites, clients, other, farewell);
    }

    /** The same with this end. */
    public Offer with(Farewell other) {
        return new Offer(protocols, suites, clients, welcome, other);
    }

    void applyTo(SSLSocket tls) {
        tls.setEnabledProtocols(protocols.toArray(String[]::new));
        tls.setEnabledCipherSuites(
                Arrays.stream(tls.getSupportedCipherSuites()).filter(suites).toArray(String[]::new));
        SSLParameters parameters = tls.getSSLParameters();
        // None of the groups of RFC 7919, which the clients of old servers knew nothing of.
        parameters.setNamedGroups(new String[] {"x25519", "secp256r1", "secp384r1"});
        tls.setSSLParameters(parameters);
        switch (clients) {
            case ANYBODY -> tls.setWantClientAuth(false);
            case ASKED_FOR_A_CERTIFICATE -> tls.setWantClientAuth(true);
            case WITH_A_CERTIFICATE -> tls.setNeedClientAuth(true);
        }
    }

    private static boolean isWeak(String suite) {
        return List.of("_anon_", "_NULL_", "_EXPORT_", "DES_", "_RC4_").stream().anyMatch(suite::contains);
    }
}
