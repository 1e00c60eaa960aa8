package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.trust.AnchorSource;
import dev.certtide.probe.trust.DistrustDates;
import dev.certtide.probe.trust.DistrustDates.DistrustDate;
import dev.certtide.probe.trust.RootBundle;
import dev.certtide.probe.trust.TrustAnchors;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The leaf of these tests was issued 30 days ago. */
class DistrustTest {
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(40));
    private static final Instant AFTER = NOW.minus(Duration.ofDays(10));
    private static final Signer ROOT = Forge.root("Fallen root").make();
    private static final KeyPair KEYS = Forge.newKeys("EC", 256);
    private static final Signer INTERMEDIATE =
            Forge.intermediate("Intermediate", ROOT).keys(KEYS).make();
    private static final X509Certificate LEAF = Forge.leaf(INTERMEDIATE).certificate();

    @Test
    void whatWasIssuedAfterTheDateIsRefused() {
        Defect defect = only(judge(trusting(ROOT.certificate(), BEFORE), LEAF, INTERMEDIATE.certificate()));

        assertEquals(FindingCode.DISTRUSTED_CA, defect.code());
        assertEquals(Status.CRITICAL, defect.severity());
        assertTrue(
                defect.detail().contains("Chrome takes no certificate below the root 'Fallen root'"), defect::detail);
    }

    @Test
    void whatWasIssuedBeforeIsTakenAndItsEndIsTold() {
        Defect defect = only(judge(trusting(ROOT.certificate(), AFTER), LEAF, INTERMEDIATE.certificate()));

        assertEquals(FindingCode.DISTRUSTED_CA, defect.code());
        assertEquals(Status.OK, defect.severity());
        assertTrue(defect.detail().contains("Change to another authority"), defect::detail);
    }

    @Test
    void aRootThatWasRemovedSinceIsRefusedWheneverTheCertificateWasIssued() {
        Signer other = Forge.root("Other").make();
        TrustAnchors anchors = TrustAnchors.of(
                bundle(other.certificate()), bundle(ROOT.certificate()), dates(ROOT.certificate(), AFTER));

        Defect defect = only(judge(anchors, LEAF, INTERMEDIATE.certificate()));

        assertEquals(FindingCode.DISTRUSTED_CA, defect.code());
        assertTrue(defect.detail().contains("removed the root since"), defect::detail);
    }

    @Test
    void anotherPathThatIsAcceptedIsEnough() {
        Signer good = Forge.root("Good root").make();
        X509Certificate crossSigned =
                Forge.intermediate("Intermediate", good).keys(KEYS).certificate();
        TrustAnchors anchors = TrustAnchors.of(
                new RootBundle(List.of(ROOT.certificate(), good.certificate()), Optional.empty()),
                new RootBundle(List.of(), Optional.empty()),
                dates(ROOT.certificate(), BEFORE));

        assertEquals(List.of(), judge(anchors, LEAF, INTERMEDIATE.certificate(), crossSigned));
    }

    @Test
    void whoTrustsARootByHandIsNotToldOtherwise() {
        TrustAnchors anchors = trusting(ROOT.certificate(), BEFORE).and(List.of(ROOT.certificate()));

        assertEquals(List.of(), judge(anchors, LEAF, INTERMEDIATE.certificate()));
    }

    @Test
    void aListOfOnesOwnTrustsARootUpToTheDateThatItSets() throws Exception {
        CertificateAuthority own = CertificateAuthority.create("Own", NOW);
        Identity leaf =
                own.issue(LeafRequest.forName(HOST, Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60))));
        X509Certificate[] sent = leaf.chain().toArray(X509Certificate[]::new);
        for (AnchorSource from : List.of(TrustAnchors.ofMozilla(), (AnchorSource) now -> TrustAnchors.ofMozilla())) {
            Defect refused = only(judge(from.and(list(own, BEFORE)).at(NOW), sent));
            Defect taken = only(judge(from.and(list(own, AFTER)).at(NOW), sent));

            assertEquals(FindingCode.DISTRUSTED_CA, refused.code());
            assertEquals(Status.CRITICAL, refused.severity());
            assertTrue(refused.detail().startsWith("Your list of roots takes no certificate"), refused::detail);
            assertEquals(Status.OK, taken.severity());
        }
    }

    @Test
    void aListThatIsTrustedInPlaceOfThePublicOneSetsItsDatesToo() throws Exception {
        CertificateAuthority own = CertificateAuthority.create("Own", NOW);
        Identity leaf =
                own.issue(LeafRequest.forName(HOST, Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60))));

        Defect defect =
                only(judge(TrustAnchors.of(list(own, BEFORE)), leaf.chain().toArray(X509Certificate[]::new)));

        assertEquals(FindingCode.DISTRUSTED_CA, defect.code());
    }

    private static RootBundle list(CertificateAuthority authority, Instant date) {
        return RootBundle.parse(authority.rootPemUntil(date).getBytes(StandardCharsets.US_ASCII));
    }

    private static TrustAnchors trusting(X509Certificate root, Instant date) {
        return TrustAnchors.of(bundle(root), new RootBundle(List.of(), Optional.empty()), dates(root, date));
    }

    private static RootBundle bundle(X509Certificate root) {
        return new RootBundle(List.of(root), Optional.empty());
    }

    private static DistrustDates dates(X509Certificate root, Instant last) {
        return new DistrustDates(Map.of(DistrustDates.sha256(root), new DistrustDate("Chrome", last)));
    }

    private static List<Defect> judge(TrustAnchors anchors, X509Certificate... sent) {
        return new Judge(anchors, ExpiryThresholds.STANDARD)
                .judgeChain(Optional.of(HOST), List.of(sent), Evidence.NONE, NOW).stream()
                        .filter(defect -> defect.code() != FindingCode.NON_COMPLIANT)
                        .toList();
    }

    private static Defect only(List<Defect> defects) {
        assertEquals(1, defects.size(), defects::toString);
        return defects.getFirst();
    }
}
