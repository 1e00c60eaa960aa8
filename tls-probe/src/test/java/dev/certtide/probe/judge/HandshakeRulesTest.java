package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.KeyKind;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What handshakes are made of, who refuses that, and what is only told. No network. */
class HandshakeRulesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Trusted", NOW);
    private static final LeafRequest REQUEST =
            LeafRequest.forName("www.certtide.test", Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60)));
    private static final List<X509Certificate> CHAIN =
            AUTHORITY.issue(REQUEST.with(KeyKind.RSA_2048)).chain();
    private static final List<X509Certificate> ED25519 =
            AUTHORITY.issue(REQUEST.with(KeyKind.ED25519)).chain();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https | TLSv1.3 | TLS_AES_128_GCM_SHA256                  | 0    | []
            https | TLSv1.2 | TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA      | 0    | []
            https | TLSv1.2 | TLS_RSA_WITH_AES_128_CBC_SHA            | 0    | []
            https | TLSv1.1 | TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA      | 0    | [OBSOLETE_PROTOCOL]
            smtp  | TLSv1   | TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA      | 0    | [OBSOLETE_PROTOCOL]
            https | SSLv3   | SSL_RSA_WITH_RC4_128_MD5                | 0    | [OBSOLETE_PROTOCOL, WEAK_CIPHER]
            https | TLSv1   | SSL_RSA_EXPORT_WITH_DES40_CBC_SHA       | 0    | [OBSOLETE_PROTOCOL, WEAK_CIPHER]
            https | TLSv1.2 | TLS_ECDHE_ECDSA_WITH_RC4_128_SHA        | 0    | [WEAK_CIPHER]
            https | TLSv1.2 | TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA   | 0    | [WEAK_CIPHER]
            https | TLSv1.2 | SSL_RSA_WITH_DES_CBC_SHA                | 0    | [WEAK_CIPHER]
            https | TLSv1.2 | TLS_RSA_WITH_NULL_SHA256                | 0    | [WEAK_CIPHER]
            https | TLSv1.2 | TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256    | 0    | [WEAK_CIPHER]
            https | TLSv1.2 | TLS_DHE_DSS_WITH_AES_128_GCM_SHA256     | 2048 | [WEAK_CIPHER]
            https | TLSv1.2 | TLS_DHE_RSA_WITH_AES_128_GCM_SHA256     | 2048 | [WEAK_CIPHER]
            smtp  | TLSv1.2 | TLS_DHE_RSA_WITH_AES_128_GCM_SHA256     | 2048 | []
            smtp  | TLSv1.2 | TLS_DHE_RSA_WITH_AES_128_GCM_SHA256     | 1024 | [WEAK_CIPHER]
            """)
    void whatClientsOfTodayRefuseIsCritical(String scheme, String version, String suite, int bits, String codes) {
        Verdict verdict = judge(scheme, new Ending.Completed(version, suite), CHAIN, bits);

        assertEquals(codes, verdict.codes().toString());
        assertEquals(codes.equals("[]") ? Status.OK : Status.CRITICAL, verdict.status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https | [WEAK_KEY, NON_COMPLIANT] | critical
            smtp  | [NON_COMPLIANT]           | ok
            """)
    void anEdwardsKeyIsRefusedByBrowsersAndByNobodyElse(String scheme, String codes, String status) {
        Verdict verdict = judge(scheme, new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"), ED25519, 0);

        assertEquals(codes, verdict.codes().toString());
        assertEquals(status, verdict.status().word());
        assertEquals(
                scheme.equals("https"),
                verdict.findings().getFirst().detail().contains("has an Ed25519 key, which is strong, and browsers"));
    }

    @Test
    void aServerWithoutACertificateIsCriticalForThatAlone() {
        Verdict verdict =
                judge("https", new Ending.Completed("TLSv1.2", "TLS_DH_anon_WITH_AES_128_CBC_SHA"), List.of(), 1024);

        assertEquals(List.of(FindingCode.NO_CERTIFICATE), verdict.codes());
        assertEquals(Status.CRITICAL, verdict.status());
    }

    @Test
    void whoDemandsAClientCertificateIsToldAndNotBlamed() {
        Ending required = new Ending.ClientCertificateRequired(
                "TLSv1.3", "TLS_AES_128_GCM_SHA256", "Received fatal alert: certificate_required");

        Verdict verdict = judge("https", required, CHAIN, 0);

        assertEquals(List.of(FindingCode.CLIENT_CERTIFICATE_REQUIRED), verdict.codes());
        assertEquals(Status.OK, verdict.status());
    }

    @Test
    void aServerWithoutStarttlsIsToldWithWhatItSaid() {
        Ending notUpgraded = new Ending.NotUpgraded("the server answered STARTTLS with '454 TLS not available'");

        Verdict verdict = judge("smtp", notUpgraded, List.of(), 0);

        assertEquals(List.of(FindingCode.HANDSHAKE_FAILED), verdict.codes());
        assertEquals(
                "There is no TLS by smtp's STARTTLS on port 25: the server answered STARTTLS with "
                        + "'454 TLS not available'. Switch it on, or watch the port that has it.",
                verdict.findings().getFirst().detail());
    }

    @Test
    void aServerThatWaitsForTlsFromTheFirstByteIsRecognised() {
        Ending silent = new Ending.TimedOut(Ending.Step.STARTTLS, Duration.ofSeconds(10));

        String detail =
                judge("imap", silent, List.of(), 0).findings().getFirst().detail();

        assertTrue(detail.endsWith("watch it as https://www.certtide.test:143."), detail);
    }

    private static Verdict judge(String scheme, Ending ending, List<X509Certificate> chain, int bits) {
        HandshakeFacts handshake = new HandshakeFacts(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                bits == 0 ? OptionalInt.empty() : OptionalInt.of(bits));
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                ending,
                chain,
                Duration.ofMillis(9),
                handshake);
        var judge = new Judge(TrustAnchors.of(List.of(AUTHORITY.root().certificate())), ExpiryThresholds.STANDARD);
        var target = Target.parse(scheme + "://www.certtide.test");
        return Verdicts.onSight(judge, target, new HostFacts.Visited(List.of(facts)), NOW);
    }
}
