package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;

class StapleTest {
    private static final AlgorithmIdentifier SHA_256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    private static final Signer ROOT = Forge.root("Root").make();
    private static final Signer INTERMEDIATE =
            Forge.intermediate("Intermediate", ROOT).make();
    private static final X509Certificate LEAF = Forge.leaf(INTERMEDIATE).certificate();
    private static final X509Certificate MUST_STAPLE = Forge.leaf(INTERMEDIATE)
            .with("1.3.6.1.5.5.7.1.24", false, new DERSequence(new ASN1Integer(5)))
            .certificate();
    private static final CertificateStatus REVOKED =
            new RevokedStatus(Date.from(NOW.minus(Duration.ofDays(2))), CRLReason.keyCompromise);

    private static final class Response extends ForgedResponse {
        Response() {
            super(LEAF, INTERMEDIATE);
        }
    }

    @Test
    void aGoodResponseIsNoFinding() throws Exception {
        assertEquals(List.of(), judge(LEAF, new Response().make()));
    }

    @Test
    void whetherTheIssuerIsTakenFromTheChainOrIsARootAndWhicheverTheDigest() throws Exception {
        var response = new Response();
        response.about = Forge.leaf(ROOT).certificate();
        response.issuer = ROOT.certificate();
        response.signer = ROOT;
        response.digest = SHA_256;
        response.status = REVOKED;

        assertEquals(
                FindingCode.REVOKED,
                only(findings(List.of(response.about), Optional.of(response.make())))
                        .code());
    }

    @Test
    void aRevokedCertificateIsCriticalWithDateAndReason() throws Exception {
        var response = new Response();
        response.status = REVOKED;

        Finding finding = only(judge(LEAF, response.make()));

        assertEquals(FindingCode.REVOKED, finding.code());
        assertEquals(Status.CRITICAL, finding.severity());
        assertTrue(finding.detail().contains("2026-05-30 12:00 UTC (key compromise)"), finding::detail);
    }

    @Test
    void whomTheIssuerHasChargedMaySign() throws Exception {
        assertEquals(
                FindingCode.REVOKED,
                only(revokedBy(INTERMEDIATE, KeyPurposeId.id_kp_OCSPSigning)).code());
    }

    @Test
    void whoWasNotChargedWithItOrByAnotherMayNot() throws Exception {
        for (List<Finding> findings : List.of(
                revokedBy(INTERMEDIATE, KeyPurposeId.id_kp_serverAuth),
                revokedBy(ROOT, KeyPurposeId.id_kp_OCSPSigning),
                revokedBy(Forge.root("Intermediate").make(), KeyPurposeId.id_kp_OCSPSigning))) {
            assertUnusable("is not signed by the authority", findings);
        }
    }

    /** The bound of certificates' signatures is that of responses too: a responder's key is a stranger's choice. */
    @Test
    void aKeyThatCostsMoreThanItIsWorthSignsNothing() throws Exception {
        var response = new Response();
        response.signer = Forge.leaf(INTERMEDIATE)
                .keys(Forge.oversizedKeys())
                .purpose(KeyPurposeId.id_kp_OCSPSigning)
                .make();
        response.enclosed = Optional.of(response.signer.certificate());
        response.status = REVOKED;

        assertUnusable("is not signed by the authority", judge(LEAF, response.make()));
        Signer authority = Forge.root("Large").keys(Forge.oversizedKeys()).make();
        RevocationList list = RevocationList.parse(Forge.revocationList(authority, NOW.plusSeconds(60), LEAF));
        assertFalse(list.isOf(authority.certificate()));
    }

    @Test
    void aResponderWhoseOwnCertificateHasEndedMayNotSign() throws Exception {
        var response = new Response();
        response.signer = Forge.leaf(INTERMEDIATE)
                .purpose(KeyPurposeId.id_kp_OCSPSigning)
                .lasting(Duration.ofDays(10), Duration.ofDays(-1))
                .make();
        response.enclosed = Optional.of(response.signer.certificate());
        response.status = REVOKED;

        assertUnusable("is not signed by the authority", judge(LEAF, response.make()));
    }

    @Test
    void aResponseForAnotherCertificateSaysNothingOfThisOne() throws Exception {
        var response = new Response();
        response.about = MUST_STAPLE;
        response.status = REVOKED;
        assertUnusable("is for another certificate", judge(LEAF, response.make()));

        var ofAnotherIssuer = new Response();
        ofAnotherIssuer.issuer = ROOT.certificate();
        ofAnotherIssuer.status = REVOKED;
        assertUnusable("is for another certificate", judge(LEAF, ofAnotherIssuer.make()));
    }

    @Test
    void anOldResponseAndOneOfTheFutureAreTold() throws Exception {
        var old = new Response();
        old.nextUpdate = NOW.minusSeconds(1);
        assertUnusable("is out of date", judge(LEAF, old.make()));

        var early = new Response();
        early.thisUpdate = NOW.plus(Duration.ofHours(1));
        assertUnusable("is of the future", judge(LEAF, early.make()));
    }

    /** What was revoked stays so; a certificate that was only on hold may have been freed. */
    @Test
    void anOldResponseThatSaysRevokedSaysItStillButForAHold() throws Exception {
        var old = new Response();
        old.status = REVOKED;
        old.nextUpdate = NOW.minusSeconds(1);
        Finding finding = only(judge(LEAF, old.make()));
        assertEquals(FindingCode.REVOKED, finding.code());
        assertEquals(Status.CRITICAL, finding.severity());

        var onHold = new Response();
        onHold.status = new RevokedStatus(Date.from(NOW.minus(Duration.ofDays(2))), CRLReason.certificateHold);
        assertEquals(FindingCode.REVOKED, only(judge(LEAF, onHold.make())).code());
        onHold.nextUpdate = NOW.minusSeconds(1);
        assertUnusable("is out of date", judge(LEAF, onHold.make()));
    }

    @Test
    void whoSignedAnOldResponseHadToBeAllowedToWhenItWasNew() throws Exception {
        var response = new Response();
        response.status = REVOKED;
        response.thisUpdate = NOW.minus(Duration.ofDays(9));
        response.nextUpdate = NOW.minus(Duration.ofDays(2));
        for (int daysLeft : List.of(-1, -10)) {
            response.signer = Forge.leaf(INTERMEDIATE)
                    .purpose(KeyPurposeId.id_kp_OCSPSigning)
                    .lasting(Duration.ofDays(30), Duration.ofDays(daysLeft))
                    .make();
            response.enclosed = Optional.of(response.signer.certificate());
            if (daysLeft == -1) {
                assertEquals(
                        FindingCode.REVOKED, only(judge(LEAF, response.make())).code());
            } else {
                assertUnusable("is not signed by the authority", judge(LEAF, response.make()));
            }
        }
    }

    @Test
    void anAuthorityThatDoesNotKnowTheCertificateIsTold() throws Exception {
        var response = new Response();
        response.status = new UnknownStatus();

        assertUnusable("does not know the certificate", judge(LEAF, response.make()));
    }

    @Test
    void whatIsNoResponseOrHasNoAnswerIsTold() throws Exception {
        byte[] later =
                new OCSPRespBuilder().build(OCSPRespBuilder.TRY_LATER, null).getEncoded();

        assertUnusable("with the status 3", judge(LEAF, later));
        assertUnusable("cannot be read", judge(LEAF, new byte[] {1, 2, 3}));
        assertUnusable("cannot be read", judge(LEAF, new byte[100_000]));
    }

    @Test
    void noFlippedByteMakesARevokedCertificateGoodOrTheJudgeFail() throws Exception {
        var response = new Response();
        response.status = REVOKED;
        byte[] der = response.make();
        Random random = new Random(6960);
        for (int i = 0; i < 2_000; i++) {
            byte[] flipped = der.clone();
            flipped[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));

            FindingCode code = only(judge(LEAF, flipped)).code();

            assertTrue(code == FindingCode.REVOKED || code == FindingCode.NON_COMPLIANT, code::code);
        }
    }

    @Test
    void aCertificateThatRequiresAStapleIsWarnedOfWithoutAGoodOne() throws Exception {
        var good = new Response();
        good.about = MUST_STAPLE;
        var old = new Response();
        old.about = MUST_STAPLE;
        old.nextUpdate = NOW.minusSeconds(1);

        assertEquals(List.of(), judge(MUST_STAPLE, good.make()));
        for (Optional<byte[]> staple : List.of(Optional.<byte[]>empty(), Optional.of(old.make()))) {
            Finding finding = only(findings(List.of(MUST_STAPLE, INTERMEDIATE.certificate()), staple));

            assertEquals(FindingCode.INVALID_CHAIN, finding.code());
            assertEquals(Status.WARNING, finding.severity());
            assertTrue(finding.detail().contains("must-staple"), finding::detail);
        }
    }

    private static List<Finding> revokedBy(Signer issuer, KeyPurposeId purpose) throws Exception {
        var response = new Response();
        response.signer = Forge.leaf(issuer).purpose(purpose).make();
        response.enclosed = Optional.of(response.signer.certificate());
        response.status = REVOKED;
        return judge(LEAF, response.make());
    }

    private static void assertUnusable(String why, List<Finding> findings) {
        Finding finding = only(findings);
        assertEquals(FindingCode.NON_COMPLIANT, finding.code());
        assertEquals(Status.OK, finding.severity());
        assertTrue(finding.detail().contains(why), finding::detail);
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings::toString);
        return findings.getFirst();
    }

    private static List<Finding> judge(X509Certificate leaf, byte[] staple) {
        return findings(List.of(leaf, INTERMEDIATE.certificate()), Optional.of(staple));
    }

    private static List<Finding> findings(List<X509Certificate> chain, Optional<byte[]> staple) {
        var handshake = new HandshakeFacts(
                Optional.empty(), Optional.empty(), staple.map(ByteBuffer::wrap), false, OptionalInt.empty());
        var address = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                chain,
                Duration.ofMillis(1),
                handshake);
        var judge = new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD);
        var target = new Target(Protocol.HTTPS, HOST, 443);
        return Verdicts.onSight(judge, target, new HostFacts.Visited(List.of(address)), NOW)
                .findings();
    }
}
