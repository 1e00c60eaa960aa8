package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.BareTlsServer;
import dev.certtide.farm.BareTlsServer.Demand;
import dev.certtide.farm.BareTlsServer.Extras;
import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which servers want a certificate of their clients, and which are broken. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class ClientCertificateTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String HOST = "wanting.certtide.test";
    private static final Identity IDENTITY = CertificateAuthority.create("Farm", NOW)
            .issue(LeafRequest.forName(HOST, Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60))));

    @Parameter
    private TlsEngine engine;

    /** The first are OpenSSL's, BoringSSL's and JSSE's; Go says bad_certificate, IIS certificate_unknown. */
    @ParameterizedTest
    @CsvSource({
        "true, 116",
        "false, 40",
        "false, 42",
        "true, 42",
        "false, 41",
        "false, 43",
        "false, 46",
        "true, 48",
        "true, 49"
    })
    void anAlertThatMissesACertificateIsARefusalOfThoseWithoutOne(boolean tls13, int alert) {
        AddressFacts facts = answeredBy(tls13, alert);

        assertInstanceOf(Ending.ClientCertificateRequired.class, facts.ending());
        assertEquals(IDENTITY.chain(), facts.chain());
    }

    @ParameterizedTest
    @CsvSource({
        "true,  80,  internal_error",
        "false, 80,  internal_error",
        "true,  51,  decrypt_error",
        "false, 51,  decrypt_error",
        "true,  10,  unexpected_message",
        "false, 20,  bad_record_mac",
        "false, 50,  decode_error",
        "true,  109, missing_extension"
    })
    void aServerThatAsksForACertificateAndThenBreaksForAnotherReasonIsBroken(boolean tls13, int alert, String name) {
        AddressFacts facts = answeredBy(tls13, alert);

        assertEquals(
                Optional.of(name),
                assertInstanceOf(Ending.HandshakeFailed.class, facts.ending()).alert());
        assertEquals(IDENTITY.chain(), facts.chain());
        assertTrue(facts.handshake().clientCertificateRequested());
    }

    @Test
    void anEndWithoutAWordMayBeOneToo() {
        assertTrue(Failures.mayMeanThatACertificateIsWanted(new SocketException("Connection reset")));
        assertTrue(Failures.mayMeanThatACertificateIsWanted(
                new SSLException("Broken pipe", new SocketException("Broken pipe"))));
        assertTrue(Failures.mayMeanThatACertificateIsWanted(
                new SSLHandshakeException("Remote host terminated the handshake")));
        assertTrue(Failures.mayMeanThatACertificateIsWanted(
                new SSLException("(unexpected_message) Received close_notify during handshake")));
    }

    @Test
    void whatWeRefuseOurselvesIsNone() {
        assertFalse(Failures.mayMeanThatACertificateIsWanted(
                new SSLHandshakeException("(handshake_failure) Invalid ServerHello")));
        assertFalse(
                Failures.mayMeanThatACertificateIsWanted(new SSLException("Unsupported or unrecognized SSL message")));
        assertFalse(Failures.mayMeanThatACertificateIsWanted(
                new BeyondEngineException(new SSLException("error:1e000065:Cipher functions:BAD_DECRYPT"))));
    }

    private AddressFacts answeredBy(boolean tls13, int alert) {
        try (BareTlsServer server = BareTlsServer.start(IDENTITY, Extras.demanding(new Demand(tls13, alert)))) {
            return LocalVisits.visit(new Target(Protocol.HTTPS, HOST, server.port()), DEADLINE, engine);
        }
    }
}
