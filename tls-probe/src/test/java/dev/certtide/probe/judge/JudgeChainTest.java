package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.EXPIRED;
import static dev.certtide.model.FindingCode.EXPIRING;
import static dev.certtide.model.FindingCode.HOSTNAME_MISMATCH;
import static dev.certtide.model.FindingCode.INCOMPLETE_CHAIN;
import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.model.FindingCode.NOT_YET_VALID;
import static dev.certtide.model.FindingCode.SAN_MISSING;
import static dev.certtide.model.FindingCode.SELF_SIGNED;
import static dev.certtide.model.FindingCode.UNTRUSTED_ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.Issuer;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chains that were seen on one address, judged at one instant. No network. */
class JudgeChainTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String HOST = "www.certtide.test";
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Trusted", NOW);
    private static final CertificateAuthority STRANGER = CertificateAuthority.create("Stranger", NOW);
    private static final X509Certificate ROOT = AUTHORITY.root().certificate();

    @Test
    void aGoodCertificateHasNoFindings() {
        assertEquals(
                new Verdict(Status.OK, List.of()), verdict(leafWithDaysLeft(60).chain()));
    }

    @Test
    void anExpiredLeafIsNotUntrustedAsWell() {
        Verdict verdict = verdict(leafWithDaysLeft(-5).chain());

        assertEquals(List.of(EXPIRED), verdict.codes());
        assertEquals(Status.CRITICAL, verdict.status());
        assertEquals(
                "The certificate expired on 2026-05-27 12:00 UTC, 5 days ago. Renew it now, and have the server load it.",
                verdict.findings().getFirst().detail());
    }

    @Test
    void anExpiredLeafWithAnIntermediateThatHasExpiredSinceIsJustExpired() {
        Issuer intermediate = AUTHORITY.root().intermediate("Short", validity(Duration.ofDays(400), -1));

        assertCodes(List.of(EXPIRED), intermediate.issue(request(-5)).chain());
    }

    @Test
    void theLastSecondIsStillValidAndTheNextIsNot() {
        List<X509Certificate> chain = AUTHORITY
                .issue(LeafRequest.forName(HOST, new Validity(NOW.minus(LIFETIME), NOW)))
                .chain();

        assertEquals(List.of(EXPIRING), judge(chain, NOW).codes());
        assertEquals(Status.CRITICAL, judge(chain, NOW).status());
        assertEquals(List.of(EXPIRING), judge(chain, NOW.plusMillis(999)).codes());
        assertEquals(List.of(EXPIRED), judge(chain, NOW.plusSeconds(1)).codes());
    }

    @Test
    void theFirstSecondIsValidAndTheOneBeforeIsNot() {
        List<X509Certificate> chain = AUTHORITY
                .issue(LeafRequest.forName(HOST, new Validity(NOW, NOW.plus(LIFETIME))))
                .chain();

        assertEquals(List.of(), judge(chain, NOW).codes());
        assertEquals(List.of(NOT_YET_VALID), judge(chain, NOW.minusMillis(1)).codes());
    }

    @Test
    void aCertificateNearItsEndIsAWarningAndThenCritical() {
        assertEquals(Status.WARNING, verdict(leafWithDaysLeft(10).chain()).status());
        assertEquals(Status.CRITICAL, verdict(leafWithDaysLeft(6).chain()).status());
        assertCodes(List.of(EXPIRING), leafWithDaysLeft(6).chain());
    }

    @Test
    void aSelfSignedLeafIsSelfSignedUnlessItIsTrustedAsItIs() {
        Identity identity = Issuer.selfSigned(request(60));

        assertCodes(List.of(SELF_SIGNED), identity.chain());
        assertEquals(
                List.of(),
                judge(TrustAnchors.of(identity.chain()), identity.chain(), NOW).codes());
    }

    @Test
    void everythingThatIsWrongIsSaid() {
        Identity identity = Issuer.selfSigned(LeafRequest.forName("other.test", validity(LIFETIME, -1)));

        assertCodes(List.of(EXPIRED, HOSTNAME_MISMATCH, SELF_SIGNED), identity.chain());
    }

    @Test
    void aForeignRootIsUntrustedWhetherItIsSentOrNot() {
        Identity identity = STRANGER.issue(request(60));

        assertCodes(List.of(UNTRUSTED_ROOT), identity.chain());
        assertCodes(
                List.of(UNTRUSTED_ROOT), with(identity.chain(), STRANGER.root().certificate()));
        assertCodes(
                List.of(UNTRUSTED_ROOT),
                with(STRANGER.root().issue(request(60)).chain(), STRANGER.root().certificate()));
    }

    @Test
    void aRootWithATrustedNameAndAnotherKeyIsUntrusted() {
        CertificateAuthority namesake = CertificateAuthority.create("Trusted", NOW);

        assertCodes(List.of(UNTRUSTED_ROOT), namesake.issue(request(60)).chain());
        assertCodes(List.of(UNTRUSTED_ROOT), namesake.root().issue(request(60)).chain());
    }

    @Test
    void aLeafWithoutItsIntermediateIsAnIncompleteChain() {
        assertCodes(
                List.of(INCOMPLETE_CHAIN),
                leafWithDaysLeft(60).withoutIntermediates().chain());
        assertCodes(
                List.of(INCOMPLETE_CHAIN),
                with(leafWithDaysLeft(60).withoutIntermediates().chain(), ROOT));
    }

    @Test
    void anExpiredLeafWithoutItsIntermediateIsBoth() {
        assertCodes(
                List.of(EXPIRED, INCOMPLETE_CHAIN),
                leafWithDaysLeft(-5).withoutIntermediates().chain());
    }

    @Test
    void aLeafBelowATrustedRootNeedsNoIntermediate() {
        assertCodes(List.of(), AUTHORITY.root().issue(request(60)).chain());
    }

    @Test
    void orderAndStrayCertificatesDoNotMatter() {
        List<X509Certificate> chain = leafWithDaysLeft(60).chain();

        assertCodes(
                List.of(),
                List.of(chain.get(0), ROOT, STRANGER.root().certificate(), chain.get(1), chain.get(1), chain.get(0)));
    }

    @Test
    void anExpiredIntermediateIsAnInvalidChainThatSaysSo() {
        Issuer intermediate = AUTHORITY.root().intermediate("Forgotten", validity(Duration.ofDays(800), -3));

        Verdict verdict = verdict(intermediate.issue(request(60)).chain());

        assertEquals(List.of(INVALID_CHAIN), verdict.codes());
        assertEquals(
                "The certificate of 'Forgotten' in the chain expired on 2026-05-29 12:00 UTC, and there is no other path to a "
                        + "root. Install the current intermediate.",
                verdict.findings().getFirst().detail());
    }

    @Test
    void anExpiredIntermediateDoesNotMatterIfAnotherPathAvoidsIt() {
        Issuer old = AUTHORITY.root().intermediate("Renewed", validity(Duration.ofDays(800), -3));
        Issuer renewed = AUTHORITY.root().certify(old, validity(Duration.ofDays(800), 700));
        List<X509Certificate> chain = old.issue(request(60)).chain();

        assertCodes(List.of(), with(chain, renewed.certificate()));
    }

    @Test
    void aCrossSignedIntermediateLeadsToTheRootThatIsTrusted() {
        Issuer crossed = AUTHORITY.root().certify(STRANGER.intermediate(), validity(Duration.ofDays(800), 700));

        assertCodes(List.of(), with(STRANGER.issue(request(60)).chain(), crossed.certificate()));
    }

    @Test
    void anIntermediateOfTheRightNameAndTheWrongKeyIsAnInvalidChain() {
        Issuer another = AUTHORITY.root().intermediate("Trusted intermediate", validity(Duration.ofDays(800), 700));
        List<X509Certificate> chain = List.of(leafWithDaysLeft(60).leaf(), another.certificate());

        Verdict verdict = verdict(chain);

        assertEquals(List.of(INVALID_CHAIN), verdict.codes());
        assertTrue(verdict.findings().getFirst().detail().contains("is not signed by the key of"));
    }

    @Test
    void anIntermediateBelowOneThatMayNotHaveAnyIsAnInvalidChain() {
        Issuer tooDeep = AUTHORITY.intermediate().intermediate("Too deep", validity(Duration.ofDays(800), 700));

        assertCodes(List.of(INVALID_CHAIN), tooDeep.issue(request(60)).chain());
    }

    @Test
    void aClientCertificateIsNotForServers() {
        LeafRequest request = new LeafRequest(HOST, List.of(HOST), validity(LIFETIME, 60), LeafRequest.Purpose.CLIENT);

        assertCodes(List.of(INVALID_CHAIN), AUTHORITY.issue(request).chain());
    }

    @Test
    void aCommonNameDoesNotStandInForAMissingAlternativeName() {
        LeafRequest request = new LeafRequest(HOST, List.of(), validity(LIFETIME, 60));

        assertCodes(List.of(SAN_MISSING), AUTHORITY.issue(request).chain());
    }

    @Test
    void certificatesThatAllCertifyEachOtherCostLittle() {
        List<CertificateAuthority> ring = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ring.add(CertificateAuthority.create("Ring " + i, NOW));
        }
        Identity identity = ring.getFirst().issue(request(60));
        List<X509Certificate> chain = new ArrayList<>(List.of(identity.leaf()));
        for (CertificateAuthority above : ring) {
            for (CertificateAuthority below : ring) {
                chain.add(above.intermediate()
                        .certify(below.intermediate(), validity(Duration.ofDays(800), 700))
                        .certificate());
            }
        }

        Verdict verdict = assertTimeout(Duration.ofSeconds(3), () -> verdict(chain));

        assertEquals(List.of(UNTRUSTED_ROOT), verdict.codes());
    }

    private static void assertCodes(List<FindingCode> expected, List<X509Certificate> chain) {
        assertEquals(expected, verdict(chain).codes());
    }

    private static Verdict verdict(List<X509Certificate> chain) {
        return judge(chain, NOW);
    }

    private static Verdict judge(List<X509Certificate> chain, Instant now) {
        return judge(TrustAnchors.of(List.of(ROOT)), chain, now);
    }

    private static Verdict judge(TrustAnchors anchors, List<X509Certificate> chain, Instant now) {
        return Verdicts.onSight(new Judge(anchors, ExpiryThresholds.STANDARD), target(), seen(chain), now);
    }

    private static HostFacts seen(List<X509Certificate> chain) {
        return new HostFacts.Visited(List.of(new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                chain,
                Duration.ofMillis(12))));
    }

    private static Target target() {
        return Target.parse("https://" + HOST);
    }

    private static Identity leafWithDaysLeft(int days) {
        return AUTHORITY.issue(request(days));
    }

    private static LeafRequest request(int daysLeft) {
        return LeafRequest.forName(HOST, validity(LIFETIME, daysLeft));
    }

    private static Validity validity(Duration lifetime, int daysLeft) {
        return Validity.withLeft(NOW, lifetime, Duration.ofDays(daysLeft));
    }

    private static List<X509Certificate> with(List<X509Certificate> chain, X509Certificate another) {
        List<X509Certificate> longer = new ArrayList<>(chain);
        longer.add(another);
        return longer;
    }
}
