package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.fetch.CacheCounts;
import dev.certtide.probe.fetch.LocalWeb;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.visit.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What certificates refer to, fetched from a real server on loopback and judged. */
class FetchedEvidenceTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Signer ROOT = Forge.root("Root").make();
    private static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);

    private final LocalWeb web = LocalWeb.start();
    private final WebEvidence evidence = WebEvidence.guarded(Resolver.system(), LOOPBACK);
    private final Signer intermediate = pointing(Forge.intermediate("Intermediate", ROOT), "/root.der", "/root.crl")
            .make();
    private final X509Certificate leaf = pointing(Forge.leaf(intermediate), "/intermediate.der", "/leaves.crl")
            .certificate();

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aForgottenIntermediateIsFoundAndNamed() throws Exception {
        URI where = web.serve("/intermediate.der", intermediate.certificate().getEncoded());

        Finding finding = only(check(leaf));

        assertEquals(FindingCode.INCOMPLETE_CHAIN, finding.code());
        assertEquals(Status.CRITICAL, finding.severity());
        assertTrue(
                finding.detail().contains("does not send the intermediate 'Intermediate'. It is at " + where),
                finding::detail);
    }

    @Test
    void itIsFoundInPemAndAmongSeveralToo() throws Exception {
        byte[] der = intermediate.certificate().getEncoded();
        byte[] pem = ("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] collection = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(intermediate.certificate(), ROOT.certificate()))
                .getEncoded("PKCS7");
        for (byte[] form : List.of(pem, collection)) {
            web.serve("/intermediate.der", form);
            WebEvidence fresh = WebEvidence.guarded(Resolver.system(), LOOPBACK);

            Finding finding = only(findings(gather(fresh, leaf), leaf));

            assertTrue(finding.detail().contains("'Intermediate'"), finding::detail);
        }
    }

    @Test
    void twoLevelsAreClimbedAndTheLowestMissingOneIsNamed() throws Exception {
        Signer lower = pointing(Forge.intermediate("Lower", intermediate), "/intermediate.der", "/i.crl")
                .make();
        X509Certificate deep =
                pointing(Forge.leaf(lower), "/lower.der", "/leaves.crl").certificate();
        web.serve("/lower.der", lower.certificate().getEncoded());
        web.serve("/intermediate.der", intermediate.certificate().getEncoded());

        Finding finding = only(check(deep));

        assertTrue(finding.detail().contains("'Lower'"), finding::detail);
    }

    @Test
    void anIssuerThatLeadsNowhereMakesItAnUntrustedRoot() throws Exception {
        Signer nobody = Forge.root("Nobody").make();
        X509Certificate stray =
                pointing(Forge.leaf(nobody), "/nobody.der", "/n.crl").certificate();
        web.serve("/nobody.der", nobody.certificate().getEncoded());

        Finding finding = only(check(stray));

        assertEquals(FindingCode.UNTRUSTED_ROOT, finding.code());
        assertTrue(finding.detail().contains("'Nobody'"), finding::detail);
    }

    @Test
    void anotherCertificateInThatPlaceIsNoIssuer() throws Exception {
        web.serve("/intermediate.der", ROOT.certificate().getEncoded());

        assertEquals(FindingCode.INCOMPLETE_CHAIN, only(check(leaf)).code());
        assertEquals(List.of("/intermediate.der"), web.requests());
    }

    @Test
    void whereNothingCanBeFetchedTheChainIsCalledIncompleteAsBefore() throws Exception {
        for (byte[] nonsense : List.of(new byte[0], new byte[] {0x30, 0x05, 1}, new byte[100_000])) {
            web.serve("/intermediate.der", nonsense);
            WebEvidence fresh = WebEvidence.guarded(Resolver.system(), LOOPBACK);
            Evidence none = gather(fresh, leaf);

            assertEquals(
                    FindingCode.INCOMPLETE_CHAIN, only(findings(none, leaf)).code());
            assertEquals(1, none.missing().size());
        }
    }

    @Test
    void aCompleteChainAsksForNoIssuer() throws Exception {
        assertEquals(List.of(), check(leaf, intermediate.certificate()));
        assertEquals(
                List.of("/leaves.crl", "/root.crl"),
                web.requests().stream().sorted().toList());
    }

    @Test
    void aCertificateOnItsListIsRevoked() throws Exception {
        web.serve("/leaves.crl", Forge.revocationList(intermediate, NOW.plus(WEEK), leaf));

        Finding finding = only(check(leaf, intermediate.certificate()));

        assertEquals(FindingCode.REVOKED, finding.code());
        assertTrue(finding.detail().contains("key compromise"), finding::detail);
    }

    @Test
    void anIntermediateOnItsListIsRevokedToo() throws Exception {
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.plus(WEEK), intermediate.certificate()));

        Finding finding = only(check(leaf, intermediate.certificate()));

        assertEquals(FindingCode.REVOKED, finding.code());
        assertTrue(finding.detail().contains("above the server's own"), finding::detail);
    }

    @Test
    void listsAreFetchedOnceForManyChecks() throws Exception {
        web.serve("/leaves.crl", Forge.revocationList(intermediate, NOW.plus(WEEK)));
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.plus(WEEK)));

        for (int i = 0; i < 20; i++) {
            assertEquals(List.of(), check(leaf, intermediate.certificate()));
        }
        assertEquals(2, web.requests().size());
        assertEquals(new CacheCounts(38, 2, 0), evidence.listCounts());
    }

    @Test
    void aListThatCannotBeHadIsNoFindingButKnown() throws Exception {
        web.serve("/leaves.crl", "<html>".getBytes(StandardCharsets.US_ASCII));
        Evidence gathered = gather(evidence, leaf, intermediate.certificate());

        assertEquals(List.of(), findings(gathered, leaf, intermediate.certificate()));
        assertTrue(
                gathered.missing().get(web.at("/leaves.crl")).startsWith("it is no revocation list"),
                gathered.missing()::toString);
        assertEquals("the server answered 404", gathered.missing().get(web.at("/root.crl")));
    }

    @Test
    void aListThatSomebodyElseSignedOrThatIsOldSaysNothing() throws Exception {
        Signer namesake = Forge.root("Intermediate").make();
        web.serve("/leaves.crl", Forge.revocationList(namesake, NOW.plus(WEEK), leaf));
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.minusSeconds(1), intermediate.certificate()));

        assertEquals(List.of(), check(leaf, intermediate.certificate()));
    }

    @Test
    void forAShortLivedCertificateNoListIsFetched() throws Exception {
        X509Certificate brief = pointing(
                        Forge.leaf(intermediate).lasting(Duration.ofDays(6), Duration.ofDays(4)),
                        "/intermediate.der",
                        "/leaves.crl")
                .certificate();
        web.serve("/leaves.crl", Forge.revocationList(intermediate, NOW.plus(WEEK), brief));

        assertEquals(List.of(), check(brief, intermediate.certificate()));
        assertEquals(List.of("/root.crl"), web.requests());
    }

    @Test
    void anotherPathWhoseIntermediateIsNotRevokedIsEnough() throws Exception {
        var keys = Forge.newKeys("EC", 256);
        Signer other = Forge.root("Other root").make();
        Signer revoked = pointing(Forge.intermediate("Shared", ROOT).keys(keys), "/root.der", "/root.crl")
                .make();
        X509Certificate good = Forge.intermediate("Shared", other).keys(keys).certificate();
        X509Certificate shared = Forge.leaf(revoked).certificate();
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.plus(WEEK), revoked.certificate()));
        HostFacts facts = facts(shared, revoked.certificate(), good);
        TrustAnchors both = TrustAnchors.of(List.of(ROOT.certificate(), other.certificate()));

        Evidence gathered = evidence.gather(facts, both, NOW, inTenSeconds());

        assertEquals(1, gathered.lists().size());
        assertEquals(
                List.of(),
                new Judge(both, ExpiryThresholds.STANDARD)
                        .judge(target(), facts, gathered, Known.NOTHING, NOW)
                        .findings());
    }

    @Test
    void aSilentServerCostsNoMoreThanTheCheckHasLeft() throws Exception {
        var over = new java.util.concurrent.CountDownLatch(1);
        web.answer("/leaves.crl", out -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        long begun = System.nanoTime();

        Evidence gathered = evidence.gather(
                facts(leaf, intermediate.certificate()), anchors(), NOW, begun + TimeUnit.MILLISECONDS.toNanos(300));

        assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(3));
        assertEquals("it was not there in time", gathered.missing().get(web.at("/leaves.crl")));
        over.countDown();
    }

    private Forge pointing(Forge forge, String issuer, String list) {
        return forge.with(
                        Extension.authorityInfoAccess.getId(),
                        false,
                        new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, uri(issuer)))
                .with(Extension.cRLDistributionPoints.getId(), false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(new DistributionPointName(new GeneralNames(uri(list))), null, null)
                }));
    }

    private GeneralName uri(String path) {
        return new GeneralName(
                GeneralName.uniformResourceIdentifier, web.at(path).toString());
    }

    private List<Finding> check(X509Certificate... sent) {
        return findings(gather(evidence, sent), sent);
    }

    private static Evidence gather(WebEvidence from, X509Certificate... sent) {
        return from.gather(facts(sent), anchors(), NOW, inTenSeconds());
    }

    private static List<Finding> findings(Evidence gathered, X509Certificate... sent) {
        return new Judge(anchors(), ExpiryThresholds.STANDARD)
                .judge(target(), facts(sent), gathered, Known.NOTHING, NOW)
                .findings();
    }

    private static Finding only(List<Finding> findings) throws GeneralSecurityException {
        assertEquals(1, findings.size(), findings::toString);
        return findings.getFirst();
    }

    private static TrustAnchors anchors() {
        return TrustAnchors.of(List.of(ROOT.certificate()));
    }

    private static HostFacts facts(X509Certificate... sent) {
        return new HostFacts.Visited(List.of(new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                List.of(sent),
                Duration.ofMillis(1))));
    }

    private static Target target() {
        return new Target(Protocol.HTTPS, HOST, 443);
    }

    private static long inTenSeconds() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    }
}
