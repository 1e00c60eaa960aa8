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
import java.util.concurrent.TimeUnit;
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
        assertTrue(reason(gathered, "/leaves.crl").matches("no answer within \\d+ ms"), gathered.missing()::toString);
        over.countDown();
    }

    private String reason(Evidence gathered, String path) {
        return gathered.missing().stream()
                .filter(missing -> missing.from().equals(web.at(path)))
                .map(Evidence.Missing::reason)
                .findFirst()
                .orElseThrow();
    }
}
