package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.visit.Resolver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Issuers that a server forgot to send, fetched from a real server on loopback and judged. */
class FetchedIssuersTest extends FetchedEvidence {
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
    void whatWasFetchedIsNotCalledSentInTheWrongOrder() throws Exception {
        Signer lower = pointing(Forge.intermediate("Lower", intermediate), "/intermediate.der", "/i.crl")
                .make();
        X509Certificate deep =
                pointing(Forge.leaf(lower), "/lower.der", "/leaves.crl").certificate();
        web.serve("/lower.der", lower.certificate().getEncoded());

        Finding finding = only(check(deep, intermediate.certificate()));

        assertEquals(FindingCode.INCOMPLETE_CHAIN, finding.code());
        assertTrue(finding.detail().contains("'Lower'"), finding::detail);
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
}
