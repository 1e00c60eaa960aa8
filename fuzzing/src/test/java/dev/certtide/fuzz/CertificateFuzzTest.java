package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Known;
import dev.certtide.model.json.Json;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.fetch.IssuerAddresses;
import dev.certtide.probe.judge.ExpiryThresholds;
import dev.certtide.probe.judge.Judge;
import dev.certtide.probe.judge.Precedents;
import dev.certtide.probe.judge.Reports;
import dev.certtide.probe.revocation.ListAddresses;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Certificates as servers send them: whatever is in them, there is a verdict, and a result that fits into a message. */
class CertificateFuzzTest {
    private static final int LONGEST_RESULT = 200_000; // A message of SNS and SQS has 256 KB.
    private static final int LONGEST_DETAIL = 2_000;
    private static final Target TARGET = Target.parse("https://" + SignedChain.HOST);
    private static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(SignedChain.ROOT));
    private static final Judge JUDGE = new Judge(ANCHORS, ExpiryThresholds.STANDARD);
    private static final Precedents PRECEDENTS = new Precedents(ExpiryThresholds.STANDARD);

    /** Fields and extensions at will below a trusted root, the signatures right. */
    @FuzzTest
    void belowATrustedRoot(byte[] bytes) {
        Bound.holds(() -> {
            try {
                judge(SignedChain.of(Parts.of(bytes)));
            } catch (CertificateException e) {
                // The JDK's parser has refused it; a visit would have ended there.
            }
        });
    }

    /** Certificates one after the other, each behind its length in three bytes (RFC 5246, 7.4.2). */
    @FuzzTest
    void asSent(byte[] bytes) {
        Bound.holds(() -> {
            List<X509Certificate> chain = new ArrayList<>();
            for (int at = 0; at + 3 < bytes.length && chain.size() < 10; ) {
                int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
                length = Math.min(length, bytes.length - at - 3);
                byte[] der = new byte[length];
                System.arraycopy(bytes, at + 3, der, 0, length);
                at += 3 + length;
                try {
                    chain.add(SignedChain.parse(der));
                } catch (CertificateException e) {
                    continue;
                }
            }
            if (!chain.isEmpty()) {
                judge(chain);
            }
        });
    }

    private static void judge(List<X509Certificate> chain) {
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                chain,
                Duration.ofMillis(20));
        HostFacts.Visited visited = new HostFacts.Visited(List.of(facts));
        Verdict verdict = JUDGE.judge(TARGET, visited, Evidence.NONE, Known.NOTHING, SignedChain.NOW);
        // Three times, since it is remembered from the second on.
        for (int i = 0; i < 3; i++) {
            Verdict again = PRECEDENTS
                    .judge(TARGET, visited, Evidence.NONE, Known.NOTHING, ANCHORS, SignedChain.NOW)
                    .verdict();
            Bound.require(again.equals(verdict), "what is remembered is another verdict");
        }
        for (Finding finding : verdict.findings()) {
            Bound.require(
                    finding.detail().length() <= LONGEST_DETAIL,
                    finding.code() + " is told in " + finding.detail().length() + " characters");
            Bound.require(
                    finding.detail().chars().noneMatch(Character::isISOControl),
                    finding.code() + " is told with control characters");
        }
        for (X509Certificate certificate : chain) {
            ListAddresses.of(certificate);
            IssuerAddresses.of(certificate);
        }
        CheckResult result = new CheckResult(TARGET, SignedChain.NOW, verdict, List.of(Reports.of(facts)));
        String json = Json.write(result);
        Bound.require(json.length() <= LONGEST_RESULT, "a result of " + json.length() + " characters");
        Bound.require(Json.read(CheckResult.class, json).equals(result), "the result is read as another");
    }
}
