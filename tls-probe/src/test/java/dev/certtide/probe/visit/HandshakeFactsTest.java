package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.BareTlsServer;
import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.KeyKind;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Offer;
import dev.certtide.farm.Preface;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handshake shows besides the chain, and which hello it took. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class HandshakeFactsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Parameter
    private TlsEngine engine;

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String HOST = "facts.certtide.test";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Farm", NOW);
    private static final LeafRequest REQUEST =
            LeafRequest.forName(HOST, Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60)));
    private static final Identity EC = AUTHORITY.issue(REQUEST);
    private static final Identity RSA = AUTHORITY.issue(REQUEST.with(KeyKind.RSA_2048));

    @Test
    void httpsIsAskedForItsApplicationProtocol() {
        try (BareTlsServer server = serve(Optional.empty(), "http/1.1")) {
            assertEquals(
                    Optional.of("http/1.1"),
                    visit(HOST, server.port()).handshake().applicationProtocol());
        }
    }

    @Test
    void aServerThatSpeaksNoHttpIsStillSeen() {
        try (BareTlsServer server = serve(Optional.empty(), "mqtt")) {
            AddressFacts facts = visit(HOST, server.port());

            assertInstanceOf(Ending.Completed.class, facts.ending());
            assertEquals(EC.chain(), facts.chain());
            assertEquals(HandshakeFacts.NONE, facts.handshake());
        }
    }

    @Test
    void aStapledResponseIsKeptByteForByte() {
        ByteBuffer tryLater = ByteBuffer.wrap(HexFormat.of().parseHex("30030a0103"));
        try (BareTlsServer server = serve(Optional.of(tryLater))) {
            assertEquals(
                    Optional.of(tryLater),
                    visit(HOST, server.port()).handshake().staple());
        }
    }

    @Test
    void aNameWithAnUnderscoreIsAskedForAsItIs() {
        try (BareTlsServer server = serve(Optional.empty())) {
            assertEquals(
                    EC.chain(),
                    visit("under_score.certtide.test", server.port()).chain());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            TLSv1.2, _DHE_RSA_WITH_AES,          TLSv1.2
            TLSv1,   RSA_EXPORT_WITH_DES40,      TLSv1
            TLSv1,   RSA_EXPORT_WITH_RC4_40_MD5, TLSv1
            SSLv3,   SSL_RSA_WITH_3DES,          SSLv3
            TLSv1.1, SSL_RSA_WITH_RC4_128_MD5,   TLSv1.1
            TLSv1.2, TLS_RSA_WITH_NULL_SHA256,   TLSv1.2
            TLSv1,   SSL_RSA_WITH_DES_CBC_SHA,   TLSv1
            """)
    void aServerThatRefusesTheHelloOfTodayIsSeenByTheHelloOfOld(String version, String suite, String negotiated) {
        try (TlsServer server = TlsServer.start(RSA, Offer.suites(suite).in(version))) {
            AddressFacts facts = visit(HOST, server.port());

            var completed = assertInstanceOf(Ending.Completed.class, facts.ending());
            assertEquals(negotiated, completed.protocol());
            assertTrue(completed.cipherSuite().contains(suite), completed.cipherSuite());
            assertEquals(RSA.chain(), facts.chain());
            assertTrue(facts.handshake().modernRefusal().isPresent());
        }
    }

    /** JSSE takes a warning for the end, and old servers warn of every name that they do not know. */
    @ParameterizedTest
    @CsvSource({"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"})
    void aWarningThatTheNameIsUnknownIsNotTheEnd(String version) {
        Offer offer = Offer.protocols(version).with(Offer.Welcome.WARNING_ABOUT_NAMES);
        try (TlsServer server = TlsServer.start(EC, offer)) {
            AddressFacts facts = visit(HOST, server.port());

            assertEquals(
                    version,
                    assertInstanceOf(Ending.Completed.class, facts.ending()).protocol());
            assertEquals(EC.chain(), facts.chain());
        }
    }

    @Test
    void theSizeOfAWeakGroupIsKnown() {
        try (TlsServer server = TlsServer.start(RSA, Offer.suites("_DHE_RSA_WITH_AES"))) {
            assertEquals(
                    OptionalInt.of(1024), visit(HOST, server.port()).handshake().diffieHellmanBits());
        }
    }

    @Test
    void rsaKeyExchangeNeedsNoHelloOfOld() {
        try (TlsServer server = TlsServer.start(RSA, Offer.suites("TLS_RSA_WITH_AES"))) {
            assertEquals(
                    Optional.empty(), visit(HOST, server.port()).handshake().modernRefusal());
            assertEquals(1, server.accepted());
        }
    }

    @Test
    void aCertificateThatWasAskedForInVainIsAFact() {
        try (TlsServer server = TlsServer.start(EC, Offer.TODAY.to(Offer.Clients.ASKED_FOR_A_CERTIFICATE))) {
            AddressFacts facts = visit(HOST, server.port());

            assertInstanceOf(Ending.Completed.class, facts.ending());
            assertTrue(facts.handshake().clientCertificateRequested());
        }
    }

    /** Nobody refuses by an orderly end: many servers close at once on a client that says nothing. */
    @ParameterizedTest
    @EnumSource
    void aServerThatAsksAndThenClosesHasRefusedNobody(Offer.Farewell farewell) {
        Offer offer = Offer.TODAY.to(Offer.Clients.ASKED_FOR_A_CERTIFICATE).with(farewell);
        try (TlsServer server = TlsServer.start(EC, offer)) {
            AddressFacts facts = visit(HOST, server.port());

            assertEquals(
                    "TLSv1.3",
                    assertInstanceOf(Ending.Completed.class, facts.ending()).protocol());
            assertTrue(facts.handshake().clientCertificateRequested());
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3", "TLSv1.2", "TLSv1"})
    void aServerThatLetsNobodyInWithoutOneIsToldFromABrokenOne(String version) {
        Offer offer = Offer.protocols(version).to(Offer.Clients.WITH_A_CERTIFICATE);
        try (TlsServer server = TlsServer.start(EC, offer)) {
            AddressFacts facts = visit(HOST, server.port());

            assertEquals(
                    version,
                    assertInstanceOf(Ending.ClientCertificateRequired.class, facts.ending())
                            .protocol());
            assertEquals(EC.chain(), facts.chain());
        }
    }

    @Test
    void aMishapDoesNotMakeAServerOld() {
        AtomicInteger connections = new AtomicInteger();
        try (TlsServer server = TlsServer.start(EC, resetting(connections, Set.of(1)))) {
            AddressFacts facts = visit(HOST, server.port());

            assertEquals(
                    "TLSv1.3",
                    assertInstanceOf(Ending.Completed.class, facts.ending()).protocol());
            assertEquals(Optional.empty(), facts.handshake().modernRefusal());
            assertEquals(3, connections.get());
        }
    }

    @Test
    void aServerThatBreaksOffOnTheHelloOfTodayFailsAndShowsItsCertificate() {
        AtomicInteger connections = new AtomicInteger();
        try (TlsServer server = TlsServer.start(EC, resetting(connections, Set.of(1, 3)))) {
            AddressFacts facts = visit(HOST, server.port());

            assertInstanceOf(Ending.HandshakeFailed.class, facts.ending());
            assertEquals(EC.chain(), facts.chain());
            assertFalse(facts.hasEmbeddedScts());
        }
    }

    private static Preface resetting(AtomicInteger connections, Set<Integer> reset) {
        return connection -> {
            boolean goesOn = !reset.contains(connections.incrementAndGet());
            if (!goesOn) {
                connection.setSoLinger(true, 0); // The close is a reset.
            }
            return goesOn;
        };
    }

    private static BareTlsServer serve(Optional<ByteBuffer> staple, String... applications) {
        return BareTlsServer.start(EC, new BareTlsServer.Extras(staple, List.of(applications)));
    }

    private AddressFacts visit(String host, int port) {
        return LocalVisits.visit(new Target(Protocol.HTTPS, host, port), DEADLINE, engine);
    }
}
