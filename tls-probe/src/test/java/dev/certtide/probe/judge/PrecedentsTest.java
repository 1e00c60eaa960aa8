package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.JoinedAnchors;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered is never another verdict than the one that would be given now. */
class PrecedentsTest {
    private static final Target TARGET = Target.parse("https://" + HOST);
    private static final Signer ROOT = Forge.root("Root").make();
    private static final Signer INTERMEDIATE =
            Forge.intermediate("Intermediate", ROOT).make();

    private final TrustAnchors anchors = TrustAnchors.of(List.of(ROOT.certificate()));
    private final X509Certificate leaf = Forge.leaf(INTERMEDIATE).certificate();
    private final HostFacts facts = facts(leaf, INTERMEDIATE.certificate());
    private final Precedents precedents = new Precedents(ExpiryThresholds.STANDARD);

    @Test
    void aVerdictIsRememberedWhenItIsGivenForTheSecondTime() {
        at(NOW);
        assertEquals(0, precedents.size());
        at(NOW.plusSeconds(1));
        assertEquals(1, precedents.size());
        assertEquals(List.of(), at(NOW.plusSeconds(2)).codes());
    }

    @Test
    void howLongTheHandshakeTookDoesNotMatter() {
        at(NOW);
        judge(facts(Duration.ofMillis(3), leaf, INTERMEDIATE.certificate()), Evidence.NONE, anchors, NOW);
        judge(facts(Duration.ofMillis(4), leaf, INTERMEDIATE.certificate()), Evidence.NONE, anchors, NOW);

        assertEquals(1, precedents.size());
    }

    @Test
    void inTheVerySecondOfAThresholdItBecomesAWarning() {
        Instant threshold = NOW.plus(Duration.ofDays(60))
                .minus(Duration.ofMinutes(90 * 24 * 15).plusMillis(250));
        rememberedAt(threshold.minusSeconds(10));

        assertEquals(Status.OK, at(threshold.minusSeconds(2)).status());
        assertEquals(Status.WARNING, at(threshold.plusSeconds(1)).status());
        assertEquals(List.of(FindingCode.EXPIRING), at(threshold.plusSeconds(1)).codes());
    }

    @Test
    void inTheSecondAfterItsEndAnIntermediateIsExpired() {
        Signer ending = Forge.intermediate("Ending", ROOT)
                .lasting(Duration.ofDays(2_000), Duration.ofMinutes(30))
                .make();
        X509Certificate brief = Forge.leaf(ending)
                .lasting(Duration.ofDays(30), Duration.ofDays(29))
                .certificate();
        HostFacts seen = facts(brief, ending.certificate());
        ExpiryThresholds lenient = ExpiryThresholds.absolute(Duration.ofMinutes(2), Duration.ofMinutes(1));
        Precedents patient = new Precedents(lenient);
        Instant end = NOW.plus(Duration.ofMinutes(30));
        for (Instant now = NOW; now.isBefore(end.plusSeconds(20)); now = now.plusSeconds(1)) {
            Verdict fresh = new Judge(anchors, lenient).judge(TARGET, seen, Evidence.NONE, Known.NOTHING, now);
            assertEquals(
                    fresh,
                    patient.judge(TARGET, seen, Evidence.NONE, Known.NOTHING, anchors, now)
                            .verdict(),
                    now::toString);
        }
        assertEquals(
                Status.CRITICAL,
                patient.judge(TARGET, seen, Evidence.NONE, Known.NOTHING, anchors, end.plusSeconds(1))
                        .verdict()
                        .status());
    }

    @Test
    void aListThatNowHasTheCertificateRevokesIt() {
        Evidence good = list(Forge.revocationList(INTERMEDIATE, NOW.plusSeconds(86_400)));
        Evidence revoked = list(Forge.revocationList(INTERMEDIATE, NOW.plusSeconds(86_400), leaf));
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    Status.OK, judge(facts, good, anchors, NOW.plusSeconds(i)).status());
        }

        assertEquals(1, precedents.size());
        assertEquals(
                List.of(FindingCode.REVOKED),
                judge(facts, revoked, anchors, NOW.plusSeconds(5)).codes());
    }

    @Test
    void otherRootsJudgeAnew() {
        rememberedAt(NOW);
        TrustAnchors renewed = TrustAnchors.of(List.of(Forge.root("Another").certificate()));

        assertEquals(
                List.of(FindingCode.UNTRUSTED_ROOT),
                judge(facts, Evidence.NONE, renewed, NOW.plusSeconds(2)).codes());
    }

    @Test
    void onesOwnRootsAreNobodyElses() {
        JoinedAnchors joined = new JoinedAnchors();
        TrustAnchors published = TrustAnchors.of(List.of(Forge.root("Public").certificate()));
        List<X509Certificate> own = List.of(ROOT.certificate());
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    Status.OK,
                    judge(facts, Evidence.NONE, joined.of(published, own), NOW).status());
            assertEquals(
                    Status.CRITICAL,
                    judge(facts, Evidence.NONE, joined.of(published, List.of()), NOW)
                            .status());
        }
        assertTrue(joined.of(published, own) == joined.of(published, List.copyOf(own)), "joined once");
        TrustAnchors later = TrustAnchors.of(List.of(Forge.root("Public").certificate()));
        assertTrue(joined.of(published, own) != joined.of(later, own), "joined anew with renewed roots");
    }

    @Test
    void aClockThatWasSetBackIsNoPrecedent() {
        rememberedAt(NOW);

        assertEquals(
                List.of(FindingCode.NOT_YET_VALID),
                at(NOW.minus(Duration.ofDays(40))).codes());
    }

    @Test
    void anOverdueRenewalIsToldOnTheDayItBecomesOverdue() {
        Known habit = new Known(
                false, Optional.of(new RenewalHabit(5, 0.5, Duration.ofDays(45).toSeconds(), 0.001)));
        Judge judge = new Judge(anchors, ExpiryThresholds.STANDARD);
        boolean wasOverdue = false;
        for (Instant now = NOW; now.isBefore(NOW.plus(Duration.ofDays(30))); now = now.plusSeconds(1_203)) {
            Verdict fresh = judge.judge(TARGET, facts, Evidence.NONE, habit, now);
            assertEquals(
                    fresh,
                    precedents
                            .judge(TARGET, facts, Evidence.NONE, habit, anchors, now)
                            .verdict(),
                    now::toString);
            wasOverdue |= fresh.codes().contains(FindingCode.RENEWAL_OVERDUE);
        }
        assertTrue(wasOverdue);
    }

    /** Short lives, so that everything happens within few hours; seconds in which dates lie are looked at one by one. */
    @Test
    void overWholeLivesItIsWhatAJudgeWithoutMemorySays() {
        Random random = new Random(5280);
        for (int i = 0; i < 25; i++) {
            Signer above = Forge.intermediate("Above " + i, ROOT)
                    .lasting(Duration.ofHours(40), Duration.ofSeconds(random.nextInt(3_600, 40_000)))
                    .make();
            X509Certificate below = Forge.leaf(above)
                    .lasting(Duration.ofHours(20), Duration.ofSeconds(random.nextInt(3_600, 40_000)))
                    .certificate();
            Instant listEnds = NOW.plusSeconds(random.nextInt(20_000));
            Evidence evidence = random.nextBoolean()
                    ? Evidence.NONE
                    : list(Forge.revocationList(above, listEnds, random.nextBoolean() ? below : leaf));
            HostFacts seen = facts(below, above.certificate());
            Judge judge = new Judge(anchors, ExpiryThresholds.STANDARD);
            Instant end = NOW.plusSeconds(41_000);
            for (Instant now = NOW; now.isBefore(end); now = now.plusMillis(random.nextInt(1, 40_000))) {
                Instant date = now;
                Verdict fresh = judge.judge(TARGET, seen, evidence, Known.NOTHING, date);
                assertEquals(
                        fresh, judge(seen, evidence, anchors, date), () -> "at " + date + " of " + below.getNotAfter());
            }
        }
    }

    private void rememberedAt(Instant instant) {
        at(instant);
        at(instant);
        assertEquals(1, precedents.size());
    }

    private Verdict at(Instant now) {
        return judge(facts, Evidence.NONE, anchors, now);
    }

    private Verdict judge(HostFacts seen, Evidence evidence, TrustAnchors trusted, Instant now) {
        return precedents
                .judge(TARGET, seen, evidence, Known.NOTHING, trusted, now)
                .verdict();
    }

    private static Evidence list(byte[] list) {
        return new Evidence(List.of(), List.of(RevocationList.parse(list)), List.of());
    }

    private static HostFacts facts(X509Certificate... chain) {
        return facts(Duration.ofMillis(12), chain);
    }

    private static HostFacts facts(Duration took, X509Certificate... chain) {
        return new HostFacts.Visited(List.of(new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                List.of(chain),
                took)));
    }
}
