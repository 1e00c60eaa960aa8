package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Unfetched;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.fetch.CacheCounts;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.trust.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;

/** Revocation lists, fetched from a real server on loopback and judged. */
class FetchedListsTest extends FetchedEvidence {
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
                reason(gathered, "/leaves.crl").startsWith("it is no revocation list"), gathered.missing()::toString);
        assertEquals("the server answered 404", reason(gathered, "/root.crl"));
        assertEquals(
                List.of(Unfetched.REVOCATION_LIST, Unfetched.REVOCATION_LIST),
                Reports.of(gathered).stream().map(Unfetched::kind).toList());
    }

    @Test
    void aListThatSomebodyElseSignedOrThatIsOldSaysNothing() throws Exception {
        Signer namesake = Forge.root("Intermediate").make();
        web.serve("/leaves.crl", Forge.revocationList(namesake, NOW.plus(WEEK), leaf));
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.minusSeconds(1), intermediate.certificate()));

        Evidence gathered = gather(evidence, leaf, intermediate.certificate());

        assertEquals(List.of(), findings(gathered, leaf, intermediate.certificate()));
        assertEquals(
                Map.of(
                        web.at("/leaves.crl").toString(),
                        "it is not signed by the authority, nor by whom it charged with that",
                        web.at("/root.crl").toString(),
                        "it is out of date since 2026-06-01T11:59:59Z"),
                unused(gathered, leaf, intermediate.certificate()));
    }

    @Test
    void aListThatIsForOtherCertificatesOrForSomeReasonsSaysNothingAndThatIsTold() throws Exception {
        web.serve(
                "/leaves.crl",
                ForgedList.of(intermediate)
                        .scope(ForgedList.point(web.at("/other.crl").toString()))
                        .make());
        web.serve(
                "/root.crl",
                ForgedList.of(ROOT)
                        .scope(ForgedList.reasons(ReasonFlags.keyCompromise))
                        .make());
        Evidence gathered = gather(evidence, leaf, intermediate.certificate());

        assertEquals(List.of(), findings(gathered, leaf, intermediate.certificate()));
        assertEquals(
                Map.of(
                        web.at("/leaves.crl").toString(),
                        "it is another authority's, or for other certificates",
                        web.at("/root.crl").toString(),
                        "it is for some reasons of revocation only"),
                unused(gathered, leaf, intermediate.certificate()));
    }

    /** Also from memory: of what there was nothing to say, that is not judged again. */
    @Test
    void whatCouldNotBeUsedIsToldOfEveryCheckAndWhatSaysAllIsWellIsNot() throws Exception {
        web.serve("/leaves.crl", Forge.revocationList(intermediate, NOW.plus(WEEK)));
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.minusSeconds(1)));
        Precedents precedents = new Precedents(ExpiryThresholds.STANDARD);
        for (int i = 0; i < 4; i++) {
            Evidence gathered = gather(evidence, leaf, intermediate.certificate());

            assertEquals(
                    Set.of(web.at("/root.crl").toString()),
                    unused(precedents, gathered, leaf, intermediate.certificate())
                            .keySet());
        }
    }

    @Test
    void aPlaceThatNobodyCanAskIsTold() throws Exception {
        X509Certificate elsewhere = naming("ldap://ldap.certtide.test/CN=leaves?certificateRevocationList");
        X509Certificate nowhere = naming("http://under_score.certtide.test/leaves.crl");
        web.serve("/root.crl", Forge.revocationList(ROOT, NOW.plus(WEEK)));

        assertEquals(
                "only what is at http or https is fetched",
                only(gather(evidence, elsewhere, intermediate.certificate()).missing())
                        .reason());
        assertEquals(
                new Evidence.Missing(
                        Evidence.Kind.REVOCATION_LIST,
                        "http://under_score.certtide.test/leaves.crl",
                        "it is no address that can be read"),
                only(gather(evidence, nowhere, intermediate.certificate()).missing()));
    }

    @Test
    void whatMustNotStandInAnAddressIsEscapedAndTheListIsThere() throws Exception {
        X509Certificate spaced = naming(web.at("/") + "the leaves {1}.crl");
        web.serve("/the%20leaves%20%7B1%7D.crl", Forge.revocationList(intermediate, NOW.plus(WEEK), spaced));

        assertEquals(
                FindingCode.REVOKED,
                only(check(spaced, intermediate.certificate())).code());
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
        assertTrue(reason(gathered, "/leaves.crl").matches("no answer within \\d+ ms"), gathered.missing()::toString);
        over.countDown();
    }

    private X509Certificate naming(String place) {
        return Forge.leaf(intermediate)
                .with(Extension.cRLDistributionPoints.getId(), false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(
                            new DistributionPointName(
                                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, place))),
                            null,
                            null)
                }))
                .certificate();
    }

    /** By the place, the reason. */
    private static Map<String, String> unused(Evidence gathered, X509Certificate... sent) {
        return unused(new Precedents(ExpiryThresholds.STANDARD), gathered, sent);
    }

    private static Map<String, String> unused(Precedents precedents, Evidence gathered, X509Certificate... sent) {
        return precedents.judge(target(), facts(sent), gathered, Known.NOTHING, anchors(), NOW).unusedLists().stream()
                .collect(Collectors.toMap(Evidence.Missing::from, Evidence.Missing::reason));
    }

    private String reason(Evidence gathered, String path) {
        return gathered.missing().stream()
                .filter(missing -> missing.from().equals(web.at(path).toString()))
                .map(Evidence.Missing::reason)
                .findFirst()
                .orElseThrow();
    }
}
