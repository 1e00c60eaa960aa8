package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.HANDSHAKE_FAILED;
import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what a handshake does with the server's key is among what its certificate permits. */
class KeyUsageTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final KeyPair RSA = Forge.newKeys("RSA", 2_048);
    private static final KeyPair EC = Forge.newKeys("EC", 256);
    private static final Ending TODAY = new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256");
    private static final Ending BROKEN = new Ending.HandshakeFailed(Optional.empty(), "bad signature");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | RSA | digitalSignature                 | true
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | RSA | keyEncipherment                  | false
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | RSA | digitalSignature,keyEncipherment | true
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | RSA | dataEncipherment                 | false
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | RSA | none                             | true
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | EC  | digitalSignature                 | true
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | EC  | digitalSignature,keyAgreement    | true
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | EC  | keyAgreement                     | false
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | EC  | keyCertSign                      | false
            TLSv1.3 | TLS_AES_128_GCM_SHA256                  | EC  | none                             | true
            TLSv1.2 | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256   | RSA | digitalSignature                 | true
            TLSv1.2 | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256   | RSA | keyEncipherment                  | false
            TLSv1.2 | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256   | RSA | keyAgreement                     | false
            TLSv1.2 | TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 | EC  | keyAgreement                     | false
            TLSv1.2 | TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 | EC  | nonRepudiation                   | false
            TLSv1.2 | TLS_RSA_WITH_AES_128_GCM_SHA256         | RSA | keyEncipherment                  | true
            TLSv1.2 | TLS_RSA_WITH_AES_128_GCM_SHA256         | RSA | digitalSignature,keyEncipherment | true
            TLSv1.2 | TLS_RSA_WITH_AES_128_GCM_SHA256         | RSA | digitalSignature                 | false
            TLSv1.2 | TLS_RSA_WITH_AES_128_GCM_SHA256         | RSA | none                             | true
            """)
    void whatTheNegotiatedSuiteNeedsIsNeeded(String protocol, String suite, String keys, String usage, boolean isGood) {
        List<FindingCode> expected = isGood ? List.of() : List.of(INVALID_CHAIN);
        X509Certificate leaf = leaf(keys, usage);

        assertEquals(
                expected, judge(new Ending.Completed(protocol, suite), leaf).codes());
        assertEquals(
                isGood ? Status.OK : Status.CRITICAL,
                judge(new Ending.ClientCertificateRequired(protocol, suite, "certificate_required"), leaf)
                        .status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RSA | digitalSignature | true
            RSA | keyEncipherment  | true
            RSA | keyAgreement     | false
            EC  | digitalSignature | true
            EC  | keyAgreement     | false
            EC  | none             | true
            """)
    void whereNoSuiteIsKnownWhateverAClientOfTodayOffersWillDo(String keys, String usage, boolean isGood) {
        assertEquals(
                isGood ? List.of(HANDSHAKE_FAILED) : List.of(INVALID_CHAIN, HANDSHAKE_FAILED),
                judge(BROKEN, leaf(keys, usage)).codes());
    }

    @Test
    void theSentenceSaysWhatIsMissing() {
        String detail = judge(TODAY, leaf("RSA", "keyEncipherment"))
                .findings()
                .getFirst()
                .detail();

        assertTrue(detail.contains("it lacks digitalSignature (RFC 5280, 4.2.1.3)"), detail);
    }

    /** The JDK takes an extension that it cannot read and that is not critical for none at all. */
    @Test
    void aKeyUsageThatCannotBeReadPermitsNothing() {
        X509Certificate leaf = Forge.leaf(ROOT)
                .usage(0)
                .with(Extension.keyUsage.getId(), false, new DERUTF8String("digitalSignature"))
                .certificate();

        Verdict verdict = judge(TODAY, leaf);

        Verdicts.assertFinding(INVALID_CHAIN, Status.CRITICAL, "cannot be read", verdict);
    }

    private static X509Certificate leaf(String keys, String usage) {
        int bits = 0;
        for (String use : usage.split(",")) {
            bits |= switch (use) {
                case "none" -> 0;
                case "digitalSignature" -> KeyUsage.digitalSignature;
                case "nonRepudiation" -> KeyUsage.nonRepudiation;
                case "keyEncipherment" -> KeyUsage.keyEncipherment;
                case "dataEncipherment" -> KeyUsage.dataEncipherment;
                case "keyAgreement" -> KeyUsage.keyAgreement;
                case "keyCertSign" -> KeyUsage.keyCertSign;
                default -> throw new IllegalArgumentException(use);
            };
        }
        Forge forge = Forge.leaf(ROOT).keys(keys.equals("RSA") ? RSA : EC).usage(bits);
        return (bits == KeyUsage.keyCertSign ? forge.asAuthority() : forge).certificate();
    }

    private static Verdict judge(Ending ending, X509Certificate leaf) {
        var facts = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                ending,
                List.of(leaf),
                Duration.ofMillis(12));
        return Verdicts.onSight(
                new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD),
                Target.parse("https://" + HOST),
                new HostFacts.Visited(List.of(facts)),
                NOW);
    }
}
