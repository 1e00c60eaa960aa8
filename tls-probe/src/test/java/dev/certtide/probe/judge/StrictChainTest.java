package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.model.FindingCode.WEAK_KEY;
import static dev.certtide.model.FindingCode.WEAK_SIGNATURE;
import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Verdicts.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients refuse in a chain besides a missing path. */
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

        @ParameterizedTest
        @CsvSource({"SHA1withRSAandMGF1, true", "SHA256withRSAandMGF1, false", "SHA384withRSAandMGF1, false"})
        void theDigestOfPssStandsInItsParametersAndIsSha1WhereItDoesNot(String algorithm, boolean isWeak) {
            Signer root =
                    Forge.root("RSA root").keys(Forge.newKeys("RSA", 2_048)).make();
            Verdict verdict = Verdicts.of(
                    root, Evidence.NONE, Forge.leaf(root).signedWith(algorithm).certificate());

            if (isWeak) {
                assertFinding(WEAK_SIGNATURE, Status.CRITICAL, "RSASSA-PSS with SHA-1", verdict);
            } else {
                assertEquals(List.of(), verdict.codes());
            }
        }

        @Test
        void sha1InTheRootsOwnSignatureDoesNotMatter() {
            Signer old = Forge.root("Old root").signedWith("SHA1withECDSA").make();

            assertEquals(
                    List.of(),
                    Verdicts.of(old, Evidence.NONE, Forge.leaf(old).certificate())
                            .codes());
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
                    Verdicts.of(root, Evidence.NONE, Forge.leaf(root).certificate())
                            .codes());
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

        /** The JDK takes an extension that it cannot read and that is not critical for none at all. */
        @Test
        void whatNobodyCanReadIsForNobody() {
            Signer unreadable = Forge.intermediate("Unreadable", ROOT)
                    .purpose()
                    .with(Extension.extendedKeyUsage.getId(), false, new DERUTF8String("serverAuth"))
                    .make();
            X509Certificate leaf = Forge.leaf(INTERMEDIATE)
                    .purpose()
                    .with(Extension.extendedKeyUsage.getId(), false, new DERSequence(new DERUTF8String("serverAuth")))
                    .certificate();

            assertFinding(INVALID_CHAIN, Status.CRITICAL, "cannot be read", verdict(leaf, INTERMEDIATE.certificate()));
            assertFinding(
                    INVALID_CHAIN,
                    Status.CRITICAL,
                    "cannot be read",
                    verdict(Forge.leaf(unreadable).certificate(), unreadable.certificate()));
        }

        @Test
        void anAuthorityWhoseKeyUsageNobodyCanReadMaySignNothing() {
            Signer unreadable = Forge.intermediate("Unreadable", ROOT)
                    .usage(0)
                    .with(Extension.keyUsage.getId(), false, new DERUTF8String("keyCertSign"))
                    .make();

            assertFinding(
                    INVALID_CHAIN,
                    Status.CRITICAL,
                    "may not sign certificates by its key usage",
                    verdict(Forge.leaf(unreadable).certificate(), unreadable.certificate()));
        }

        @Test
        void withoutAnExtendedKeyUsageACertificateIsForServersToo() {
            assertEquals(
                    List.of(),
                    verdict(Forge.leaf(INTERMEDIATE).purpose().certificate(), INTERMEDIATE.certificate())
                            .codes());
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
                    Verdicts.of(root, Evidence.NONE, Forge.leaf(root).certificate()));
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

    private static Verdict verdict(X509Certificate... chain) {
        return Verdicts.of(ROOT, Evidence.NONE, chain);
    }

    private static GeneralSubtree[] subtrees(String dnsName) {
        return new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, dnsName))};
    }
}
