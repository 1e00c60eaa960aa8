package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.NOW;
import static org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_clientAuth;
import static org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_serverAuth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** What is judged with the knowledge of earlier checks. No network. */
class JudgeHistoryTest {
    private static final String SCTS = "1.3.6.1.4.1.11129.2.4.2";
    private static final Forge.Signer ROOT = Forge.root("Root").make();
    private static final Judge JUDGE =
            new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD);
    private static final Known AT_A_THIRD = new Known(
            false, Optional.of(new RenewalHabit(3, 0.3333, Duration.ofDays(30).toSeconds(), 0)));
    private static final Known CLIENT_BEFORE = new Known(true, Optional.empty());

    @Test
    void aRenewalThatIsOverdueIsAWarning() {
        var leaf = leaf(90, 24).certificate();

        assertEquals(List.of(), judge(Known.NOTHING, leaf).codes());
        var verdict = judge(AT_A_THIRD, leaf);
        assertEquals(Status.WARNING, verdict.status());
        assertEquals(List.of(FindingCode.RENEWAL_OVERDUE), verdict.codes());
        assertEquals(List.of("192.0.2.1:443"), verdict.findings().getFirst().addresses());
        assertEquals(List.of(), judge(AT_A_THIRD, leaf(90, 29).certificate()).codes());
    }

    @Test
    void whereTheRenewalIsServedBesideTheOldCertificateNothingIsOverdue() {
        var verdict = judge(AT_A_THIRD, leaf(90, 24).certificate(), leaf(90, 89).certificate());

        assertEquals(List.of(FindingCode.SPLIT_FLEET), verdict.codes());
    }

    @Test
    void aRenewalWithoutThePurposeOfItsPredecessorIsTold() {
        var verdict = judge(CLIENT_BEFORE, leaf(90, 80).certificate());

        assertEquals(Status.OK, verdict.status());
        assertEquals(List.of(FindingCode.CLIENT_AUTH_EKU_REMOVED), verdict.codes());
        assertEquals(List.of(), judge(Known.NOTHING, leaf(90, 80).certificate()).codes());
        var both = leaf(90, 80).purpose(id_kp_serverAuth, id_kp_clientAuth).certificate();
        assertEquals(List.of(), judge(CLIENT_BEFORE, both).codes(), "it has it still");
    }

    @Test
    void aPurposeThatStandsBehindManyOthersIsThereAllTheSame() {
        var purposes = Stream.concat(
                        IntStream.range(0, CertificateReport.MOST_PURPOSES)
                                .mapToObj(i ->
                                        KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999." + i))),
                        Stream.of(id_kp_serverAuth, id_kp_clientAuth))
                .toArray(KeyPurposeId[]::new);
        var leaf = leaf(90, 80).purpose(purposes).certificate();

        assertEquals(List.of(), judge(CLIENT_BEFORE, leaf).codes());
        var report = Reports.of(leaf);
        assertTrue(report.isForClients(), "the next check learns it from the report");
        assertEquals(
                CertificateReport.MOST_PURPOSES, report.purposes().orElseThrow().size());
    }

    /** Chrome Root Program Policy 1.8, 1.3.2: issued on or after 15 March 2027. */
    @Test
    void aPublicCertificateThatWillBeRenewedWithoutThePurposeIsTold() {
        var date = Instant.parse("2027-03-15T00:00:00Z");

        var verdict = judge(Known.NOTHING, ending(date, true));
        assertEquals(Status.OK, verdict.status());
        assertEquals(List.of(FindingCode.CLIENT_AUTH_EKU_REMOVED), verdict.codes());
        var detail = verdict.findings().getFirst().detail();
        assertTrue(detail.contains("ends on 2027-03-15 00:00 UTC"), detail);
        assertEquals(
                List.of(),
                judge(Known.NOTHING, ending(date.minusSeconds(1), true)).codes(),
                "may be renewed before");
        assertEquals(List.of(), judge(Known.NOTHING, ending(date, false)).codes(), "a private authority's");
    }

    private static X509Certificate ending(Instant end, boolean logged) {
        var left = Duration.between(NOW, end);
        var forge = Forge.leaf(ROOT).lasting(left.plusDays(10), left).purpose(id_kp_serverAuth, id_kp_clientAuth);
        return (logged ? forge.with(SCTS, false, new DEROctetString(new byte[] {0, 0})) : forge).certificate();
    }

    private static Forge leaf(int lifetimeDays, int daysLeft) {
        return Forge.leaf(ROOT).lasting(Duration.ofDays(lifetimeDays), Duration.ofDays(daysLeft));
    }

    private static Verdict judge(Known known, X509Certificate... leaves) {
        List<AddressFacts> facts = new ArrayList<>();
        for (X509Certificate leaf : leaves) {
            facts.add(new AddressFacts(
                    new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + (facts.size() + 1)), 443),
                    new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                    List.of(leaf, ROOT.certificate()),
                    Duration.ofMillis(9)));
        }
        return JUDGE.judge(
                Target.parse("https://" + Forge.HOST), new HostFacts.Visited(facts), Evidence.NONE, known, NOW);
    }
}
