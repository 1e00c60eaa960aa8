package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.visit.Resolver;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

/** Places of issuers that answer one day and not the next: what is said of the same certificates stays true. */
class UnfetchedIssuersTest extends FetchedEvidence {
    private static final Instant LATER = Forge.NOW.plus(Duration.ofDays(30));

    private final Signer lower = pointing(Forge.intermediate("Lower", intermediate), "/intermediate.der", "/i.crl")
            .make();
    private final X509Certificate deep =
            pointing(Forge.leaf(lower), "/lower.der", "/leaves.crl").certificate();

    @Test
    void whichOfTwoItIsIsNotClaimedWhenItCouldNotBeFoundOut() throws Exception {
        Finding alone = only(check(leaf));
        Finding below = only(check(deep, lower.certificate()));

        assertEquals(FindingCode.INCOMPLETE_CHAIN, alone.code());
        assertEquals(FindingCode.UNTRUSTED_ROOT, below.code());
        for (Finding finding : List.of(alone, below)) {
            assertTrue(
                    finding.detail()
                            .startsWith("The chain leads to 'Intermediate', which is an intermediate that the server "
                                    + "leaves out, or an authority that is not trusted: "),
                    finding::detail);
        }
    }

    @Test
    void anIssuerThatWasFetchedOnceIsGoodEvenIfItsPlaceIsGone() throws Exception {
        web.serve("/intermediate.der", intermediate.certificate().getEncoded());
        Finding before = only(check(deep, lower.certificate()));
        web.close();

        Evidence later = evidence.gather(facts(deep, lower.certificate()), anchors(), LATER, inTenSeconds());

        assertEquals(FindingCode.INCOMPLETE_CHAIN, before.code());
        assertEquals(before, only(findings(later, deep, lower.certificate())));
    }

    @Test
    void itIsFoundOutAsSoonAsThePlaceAnswersAgain() throws Exception {
        assertEquals(
                FindingCode.UNTRUSTED_ROOT,
                only(check(deep, lower.certificate())).code());
        web.serve("/intermediate.der", intermediate.certificate().getEncoded());

        Evidence later = evidence.gather(facts(deep, lower.certificate()), anchors(), LATER, inTenSeconds());

        assertEquals(
                FindingCode.INCOMPLETE_CHAIN,
                only(findings(later, deep, lower.certificate())).code());
    }

    @Test
    void whatOneOfTwoPlacesHasIsNotMissing() throws Exception {
        web.serve("/second.der", intermediate.certificate().getEncoded());
        X509Certificate twice = Forge.leaf(intermediate)
                .with(
                        Extension.authorityInfoAccess.getId(),
                        false,
                        new AuthorityInformationAccess(new AccessDescription[] {
                            new AccessDescription(AccessDescription.id_ad_caIssuers, uri("/first.der")),
                            new AccessDescription(AccessDescription.id_ad_caIssuers, uri("/second.der"))
                        }))
                .certificate();

        Evidence gathered = gather(evidence, twice);

        assertEquals(List.of("/first.der", "/second.der"), web.requests().subList(0, 2));
        assertEquals(
                List.of(Evidence.Kind.REVOCATION_LIST),
                gathered.missing().stream().map(Evidence.Missing::kind).toList());
    }

    /** The intermediate of that name that was sent belongs to another key: that is so whatever can be fetched. */
    @Test
    void aWrongIntermediateIsToldWhetherTheRightOneCanBeFetchedOrNot() throws Exception {
        X509Certificate wrong = Forge.intermediate("Intermediate", ROOT).certificate();
        Finding unfetched = only(check(leaf, wrong));
        web.serve("/intermediate.der", intermediate.certificate().getEncoded());
        WebEvidence fresh = WebEvidence.guarded(Resolver.system(), LOOPBACK);

        Finding fetched = only(findings(gather(fresh, leaf, wrong), leaf, wrong));

        assertEquals(FindingCode.INVALID_CHAIN, unfetched.code());
        assertEquals(unfetched, fetched);
    }

    @Test
    void aWrongCertificateInTheIssuersPlaceIsNotCalledSent() throws Exception {
        web.serve(
                "/intermediate.der",
                Forge.intermediate("Intermediate", ROOT).certificate().getEncoded());

        Finding finding = only(check(leaf));

        assertEquals(FindingCode.INCOMPLETE_CHAIN, finding.code());
        assertTrue(finding.detail().startsWith("The server sends its certificate without that of the issuer"));
    }
}
