package dev.certtide.farm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The farm as a strict client sees it: the JDK's own trust manager with the farm's root and no other. */
class TlsFarmTest {
    @AutoClose
    private final TlsFarm farm = TlsFarm.start();

    @Test
    void theGoodHostSatisfiesAStrictClient() throws Exception {
        X509Certificate[] chain = visit(farm.host(HostKind.GOOD));

        assertArrayEquals(
                new X509Certificate[] {chain[0], farm.authority().intermediate().certificate()}, chain);
    }

    @ParameterizedTest
    @EnumSource(
            value = HostKind.class,
            names = {"EXPIRED", "NOT_YET_VALID", "WRONG_HOST", "SELF_SIGNED", "UNTRUSTED_ROOT", "INCOMPLETE_CHAIN"})
    void aStrictClientRefusesEveryBadCertificate(HostKind kind) {
        assertThrows(SSLHandshakeException.class, () -> visit(farm.host(kind)));
    }

    @ParameterizedTest
    @EnumSource(
            value = HostKind.class,
            names = {"HANDSHAKE_FAILING", "RESETTING"})
    void noHandshakeEndsWellWithAServerThatBreaksIt(HostKind kind) {
        IOException failure = assertThrows(IOException.class, () -> visit(farm.host(kind)));

        assertTrue(failure instanceof SSLException || failure.getMessage().contains("reset"), failure::toString);
    }

    @Test
    void theRefusingPortStaysRefusing() {
        for (int i = 0; i < 3; i++) {
            assertThrows(ConnectException.class, () -> visit(farm.host(HostKind.REFUSING)));
        }
    }

    @Test
    void aRenewedCertificateIsShownFromTheNextConnectionOn() throws Exception {
        String name = "renewed.certtide.test";
        Identity before = farm.issue(name, Duration.ofDays(5));
        Identity after = farm.issue(name, Duration.ofDays(90));
        TlsServer server = farm.serve(name, before);
        assertEquals(before.leaf(), visit(name, server.port())[0]);

        server.present(after);

        assertEquals(after.leaf(), visit(name, server.port())[0]);
    }

    @Test
    void datesAreRelativeToTheFarmsClock() {
        Instant then = Instant.parse("2031-05-06T07:08:09Z");
        try (TlsFarm future = TlsFarm.start(InstantSource.fixed(then))) {
            Identity identity = future.issue("a.certtide.test", Duration.ofDays(60));

            assertEquals(
                    then.plus(Duration.ofDays(60)),
                    identity.leaf().getNotAfter().toInstant());
            assertEquals(
                    then.minus(Duration.ofDays(30)),
                    identity.leaf().getNotBefore().toInstant());
        }
    }

    @Test
    void theHostsFileNamesEveryHost() {
        List<String> lines = farm.hostsFile().lines().toList();

        Arrays.stream(HostKind.values())
                .forEach(kind -> assertTrue(lines.contains("127.0.0.1 " + kind.hostName()), kind::label));
        Arrays.stream(HostKind.values())
                .filter(HostKind::isFleet)
                .forEach(kind -> assertEquals(
                        2,
                        lines.stream()
                                .filter(line -> line.endsWith(" " + kind.hostName()))
                                .count()));
    }

    @Test
    void aClosedFarmAcceptsNobody() {
        farm.close();

        assertThrows(IOException.class, () -> visit(farm.host(HostKind.GOOD)));
    }

    private X509Certificate[] visit(FarmHost host) throws IOException, GeneralSecurityException {
        return visit(host.name(), host.port());
    }

    private X509Certificate[] visit(String name, int port) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("farm", farm.authority().root().certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket plain = new Socket("127.0.0.1", port);
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return (X509Certificate[]) tls.getSession().getPeerCertificates();
        }
    }
}
