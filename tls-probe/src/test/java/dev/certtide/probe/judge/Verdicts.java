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
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Verdicts on forged chains that one address has sent. */
final class Verdicts {
    private Verdicts() {}

    /** Nothing but these lists. */
    static Evidence lists(List<RevocationList> lists) {
        return new Evidence(List.of(), lists, List.of());
    }

    /** By whoever trusts that root and has that evidence. */
    static Verdict of(Signer root, Evidence evidence, X509Certificate... chain) {
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                List.of(chain),
                Duration.ofMillis(12));
        return new Judge(TrustAnchors.of(List.of(root.certificate())), ExpiryThresholds.STANDARD)
                .judge(
                        Target.parse("https://" + HOST),
                        new HostFacts.Visited(List.of(facts)),
                        evidence,
                        Known.NOTHING,
                        NOW);
    }

    /** Of what a target shows, without anything fetched or known from earlier checks. */
    static Verdict onSight(Judge judge, Target target, HostFacts facts, Instant now) {
        return judge.judge(target, facts, Evidence.NONE, Known.NOTHING, now);
    }

    /** That this is all there is to say. */
    static void assertFinding(FindingCode code, Status severity, String detail, Verdict verdict) {
        assertEquals(List.of(code), verdict.codes(), () -> verdict.findings().toString());
        assertEquals(severity, verdict.findings().getFirst().severity());
        assertTrue(
                verdict.findings().getFirst().detail().contains(detail),
                () -> verdict.findings().getFirst().detail());
    }
}
