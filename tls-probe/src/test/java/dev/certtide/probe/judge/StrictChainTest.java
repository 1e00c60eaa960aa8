package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.CHAIN_OUT_OF_ORDER;
import static dev.certtide.model.FindingCode.INTERMEDIATE_EXPIRING;
import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.model.FindingCode.NON_COMPLIANT;
import static dev.certtide.model.FindingCode.REVOKED;
import static dev.certtide.model.FindingCode.WEAK_KEY;
import static dev.certtide.model.FindingCode.WEAK_SIGNATURE;
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
import dev.certtide.probe.revocation.RevocationList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients refuse in a chain besides a missing path, what is only told, and what is no fault at all. */
class StrictChainTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final Signer INTERMEDIATE =
            Forge.intermediate("Intermediate", ROOT).make();
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    @Test
    void aSoundChainHasNoFindings() {
        assertEquals(
                new Verdict(Status.OK, List.of()),
                verdict(Forge.leaf(INTERMEDIATE).certificate(), INTERMEDIATE.certificate()));
    }

    @Nested
    class WeakKeysAndSignatures {
        @Test
        void aShortRsaKeyOfTheServerIsWeak() {
            Verdict verdict = verdict(
                    Forge.leaf(INTERMEDIATE).keys(Forge.newKeys("RSA", 1_024)).certificate(),
                    INTERMEDIATE.certificate());

            assertFinding(WEAK_KEY, Status.CRITICAL, "RSA key of 1024 bits", verdict);
        }

        @Test
        void aShortRsaKeyOfAnIntermediateIsWeak() {
            Signer weak = Forge.intermediate("Weak", ROOT)
                    .keys(Forge.newKeys("RSA", 1_024))
                    .make();

            assertFinding(
                    WEAK_KEY,
                    Status.CRITICAL,
                    "The intermediate 'Weak' has an RSA key of 1024 bits",
                    verdict(Forge.leaf(weak).certificate(), weak.certificate()));
        }

        @Test
        void anRsaKeyOf2048BitsIsNotWeak() {
            assertEquals(
                    List.of(),
                    verdict(
                                    Forge.leaf(INTERMEDIATE)
                                            .keys(Forge.newKeys("RSA", 2_048))
                                            .certificate(),
                                    INTERMEDIATE.certificate())
                            .codes());
        }

        @Test
        void aDsaKeyIsWeakHoweverLong() {
            assertEquals(
                    List.of(WEAK_KEY),
                    verdict(
                                    Forge.leaf(INTERMEDIATE)
                                            .keys(Forge.newKeys("DSA", 2_048))
                                            .certificate(),
                                    INTERMEDIATE.certificate())
                            .codes());
        }

        @Test
        void sha1InTheServersCertificateIsAWeakSignature() {
            assertFinding(
                    WEAK_SIGNATURE,
                    Status.CRITICAL,
                    "SHA1withECDSA",
                    verdict(
                            Forge.leaf(INTERMEDIATE).signedWith("SHA1withECDSA").certificate(),
                            INTERMEDIATE.certificate()));
        }

        @Test
        void sha1InAnIntermediateIsAWeakSignatureUnlessAnotherPathAvoidsIt() {
            Signer old =
                    Forge.intermediate("Old", ROOT).signedWith("SHA1withECDSA").make();
            X509Certificate leaf = Forge.leaf(old).certificate();
            X509Certificate renewed = Forge.intermediate("Old", ROOT)
                    .keys(new KeyPair(old.certificate().getPublicKey(), old.key()))
                    .certificate();

            assertEquals(
                    List.of(WEAK_SIGNATURE), verdict(leaf, old.certificate()).codes());
            assertEquals(List.of(), verdict(leaf, old.certificate(), renewed).codes());
        }

        @Test
        void sha1InTheRootsOwnSignatureDoesNotMatter() {
            Signer old = Forge.root("Old root").signedWith("SHA1withECDSA").make();

            assertEquals(
                    List.of(),
                    judge(old, List.of(), Forge.leaf(old).certificate()).codes());
        }
    }

    @Nested
    class Constraints {
        @ParameterizedTest
        @CsvSource({"certtide.test, true", "www.certtide.test, true", "other.test, false", "ertide.test, false"})
        void nameConstraintsOfTheRootCount(String permitted, boolean isGood) {
            Signer root = Forge.root("Constrained")
                    .with(NAME_CONSTRAINTS, true, new NameConstraints(subtrees(permitted), null))
                    .make();

            assertEquals(
                    isGood ? List.of() : List.of(INVALID_CHAIN),
                    judge(root, List.of(), Forge.leaf(root).certificate()).codes());
        }

        @Test
        void anExcludedNameIsWithinAWildcard() {
            Signer constrained = Forge.intermediate("Constrained", ROOT)
                    .with(NAME_CONSTRAINTS, true, new NameConstraints(null, subtrees("secret.certtide.test")))
                    .make();
            X509Certificate wildcard = Forge.leaf(constrained)
                    .names(List.of(
                            new GeneralName(GeneralName.dNSName, HOST),
                            new GeneralName(GeneralName.dNSName, "*.certtide.test")))
                    .certificate();

            assertFinding(
                    INVALID_CHAIN, Status.CRITICAL, "*.certtide.test", verdict(wildcard, constrained.certificate()));
        }

        @Test
        void anIntermediateForMailMayNotIssueForServers() {
            Signer mail = Forge.intermediate("Mail", ROOT)
                    .purpose(KeyPurposeId.id_kp_emailProtection)
                    .make();

            assertFinding(
                    INVALID_CHAIN,
                    Status.CRITICAL,
                    "The intermediate 'Mail' is not for servers",
                    verdict(Forge.leaf(mail).certificate(), mail.certificate()));
        }

        @Test
        void anExpiredRootIsRefused() {
            Signer root = Forge.root("Old")
                    .lasting(Duration.ofDays(9_000), Duration.ofDays(-1))
                    .make();

            assertFinding(
                    INVALID_CHAIN,
                    Status.CRITICAL,
                    "The root 'Old' expired on 2026-05-31",
                    judge(root, List.of(), Forge.leaf(root).certificate()));
        }

        @Test
        void aCriticalExtensionThatNobodyKnowsIsRefused() {
            assertFinding(
                    INVALID_CHAIN,
                    Status.CRITICAL,
                    "1.3.6.1.4.1.55738.666.1",
                    verdict(
                            Forge.leaf(INTERMEDIATE)
                                    .with("1.3.6.1.4.1.55738.666.1", true, DERNull.INSTANCE)
                                    .certificate(),
                            INTERMEDIATE.certificate()));
        }
    }

    @Nested
    class Advice {
        @ParameterizedTest
        @CsvSource({"40, OK", "20, WARNING", "5, CRITICAL"})
        void anIntermediateThatEndsBeforeTheLeafIsTold(int daysLeft, Status expected) {
            Signer ending = Forge.intermediate("Ending", ROOT)
                    .lasting(Duration.ofDays(2_000), Duration.ofDays(daysLeft))
                    .make();

            Verdict verdict = verdict(Forge.leaf(ending).certificate(), ending.certificate());

            assertEquals(expected, verdict.status());
            assertEquals(expected == Status.OK ? List.of() : List.of(INTERMEDIATE_EXPIRING), verdict.codes());
        }

        @Test
        void anIntermediateThatOutlastsTheLeafIsNotTold() {
            Signer ending = Forge.intermediate("Ending", ROOT)
                    .lasting(Duration.ofDays(2_000), Duration.ofDays(25))
                    .make();
            X509Certificate leaf = Forge.leaf(ending)
                    .lasting(Duration.ofDays(47), Duration.ofDays(20))
                    .certificate();

            assertEquals(List.of(), verdict(leaf, ending.certificate()).codes());
        }

        @Test
        void anIntermediateThatEndsDoesNotMatterBesideOneThatLasts() {
            Signer ending = Forge.intermediate("Renewed", ROOT)
                    .lasting(Duration.ofDays(2_000), Duration.ofDays(5))
                    .make();
            X509Certificate lasting = Forge.intermediate("Renewed", ROOT)
                    .keys(new KeyPair(ending.certificate().getPublicKey(), ending.key()))
                    .certificate();

            assertEquals(
                    List.of(),
                    verdict(Forge.leaf(ending).certificate(), ending.certificate(), lasting)
                            .codes());
        }

        @Test
        void aChainInTheWrongOrderIsAWarning() {
            Signer lower = Forge.intermediate("Lower", INTERMEDIATE).make();
            X509Certificate leaf = Forge.leaf(lower).certificate();

            assertEquals(
                    List.of(),
                    verdict(leaf, lower.certificate(), INTERMEDIATE.certificate())
                            .codes());
            assertFinding(
                    CHAIN_OUT_OF_ORDER,
                    Status.WARNING,
                    "wrong order",
                    verdict(leaf, INTERMEDIATE.certificate(), lower.certificate()));
        }

        @Test
        void aRuleThatNoClientEnforcesIsToldAndLeavesTheVerdictAsItIs() {
            X509Certificate leaf = Forge.leaf(INTERMEDIATE)
                    .names(List.of(
                            new GeneralName(GeneralName.dNSName, HOST),
                            new GeneralName(GeneralName.dNSName, "under_score.certtide.test")))
                    .certificate();

            Verdict verdict = verdict(leaf, INTERMEDIATE.certificate());

            assertEquals(Status.OK, verdict.status());
            assertFinding(NON_COMPLIANT, Status.OK, "BR 7.1.2.7.12", verdict);
        }
    }

    @Nested
    class Revocations {
        private final X509Certificate leaf = Forge.leaf(INTERMEDIATE).certificate();

        @Test
        void aRevokedServerCertificateIsCritical() {
            assertFinding(
                    REVOKED,
                    Status.CRITICAL,
                    "was revoked on 2026-05-30 12:00 UTC (key compromise)",
                    judgeWith(Forge.revocationList(INTERMEDIATE, NOW.plusSeconds(60), leaf)));
        }

        @Test
        void aRevokedIntermediateIsCritical() {
            assertFinding(
                    REVOKED,
                    Status.CRITICAL,
                    "'Intermediate', above the server's own,",
                    judgeWith(Forge.revocationList(ROOT, NOW.plusSeconds(60), INTERMEDIATE.certificate())));
        }

        @Test
        void aListWithoutTheCertificateSaysThatAllIsWell() {
            assertEquals(
                    List.of(),
                    judgeWith(Forge.revocationList(
                                    INTERMEDIATE,
                                    NOW.plusSeconds(60),
                                    Forge.leaf(INTERMEDIATE).certificate()))
                            .codes());
        }

        @Test
        void aListThatIsOutOfDateOrOfAnotherIssuerSaysNothing() {
            Signer namesake = Forge.intermediate("Intermediate", ROOT).make();
            Signer stranger = Forge.root("Stranger").make();

            assertEquals(
                    List.of(),
                    judgeWith(Forge.revocationList(INTERMEDIATE, NOW.minusSeconds(1), leaf))
                            .codes());
            assertEquals(
                    List.of(),
                    judgeWith(Forge.revocationList(namesake, NOW.plusSeconds(60), leaf))
                            .codes());
            assertEquals(
                    List.of(),
                    judgeWith(Forge.revocationList(stranger, NOW.plusSeconds(60), leaf))
                            .codes());
        }

        private Verdict judgeWith(byte[] list) {
            return judge(ROOT, List.of(RevocationList.parse(list)), leaf, INTERMEDIATE.certificate());
        }
    }

    private static void assertFinding(FindingCode code, Status severity, String detail, Verdict verdict) {
        assertEquals(List.of(code), verdict.codes(), () -> verdict.findings().toString());
        assertEquals(severity, verdict.findings().getFirst().severity());
        assertTrue(
                verdict.findings().getFirst().detail().contains(detail),
                () -> verdict.findings().getFirst().detail());
    }

    private static GeneralSubtree[] subtrees(String dnsName) {
        return new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, dnsName))};
    }

    private static Verdict verdict(X509Certificate... chain) {
        return judge(ROOT, List.of(), chain);
    }

    private static Verdict judge(Signer root, List<RevocationList> lists, X509Certificate... chain) {
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                List.of(chain),
                Duration.ofMillis(12));
        return new Judge(TrustAnchors.of(List.of(root.certificate())), ExpiryThresholds.STANDARD, lists)
                .judge(Target.parse("https://" + HOST), new HostFacts.Visited(List.of(facts)), NOW);
    }
}
