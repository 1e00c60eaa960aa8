package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several addresses, several endings, one verdict. No network. */
class JudgeAddressesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Target TARGET = Target.parse("https://www.certtide.test");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Trusted", NOW);
    private static final List<X509Certificate> GOOD = chain(60);
    private static final List<X509Certificate> EXPIRED = chain(-5);
    private static final List<X509Certificate> NOTHING = List.of();

    private static final Ending COMPLETED = new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256");
    private static final Ending REFUSED = new Ending.Refused("Connection refused");
    private static final Ending NO_ROUTE = new Ending.NoRoute("Network is unreachable");
    private static final Ending SILENT = new Ending.TimedOut(Ending.Step.CONNECTION, Duration.ofSeconds(10));
    private static final Ending HANGING = new Ending.TimedOut(Ending.Step.HANDSHAKE, Duration.ofSeconds(10));
    private static final Ending ALERTED =
            new Ending.HandshakeFailed(Optional.of("handshake_failure"), "Received fatal alert: handshake_failure");
    private static final Ending BROKEN = new Ending.HandshakeFailed(Optional.empty(), "Connection reset");

    private static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(REFUSED, FindingCode.CONNECTION_REFUSED),
                Arguments.of(NO_ROUTE, FindingCode.CONNECTION_REFUSED),
                Arguments.of(SILENT, FindingCode.CONNECTION_TIMEOUT),
                Arguments.of(HANGING, FindingCode.CONNECTION_TIMEOUT),
                Arguments.of(ALERTED, FindingCode.HANDSHAKE_FAILED),
                Arguments.of(BROKEN, FindingCode.HANDSHAKE_FAILED));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void withoutAnyCertificateTheHostIsUnreachable(Ending ending, FindingCode code) {
        Verdict verdict = judge(seen(ending, NOTHING), seen(ending, NOTHING));

        assertEquals(Status.UNREACHABLE, verdict.status());
        assertEquals(List.of(code), verdict.codes());
        assertEquals(
                List.of("192.0.2.1:443", "192.0.2.2:443"),
                verdict.findings().getFirst().addresses());
    }

    @ParameterizedTest
    @MethodSource("endings")
    void anAddressThatIsDownBesideOneThatWorksIsAWarning(Ending ending, FindingCode code) {
        Verdict verdict = judge(seen(COMPLETED, GOOD), seen(ending, NOTHING));

        if (ending == NO_ROUTE) {
            assertEquals(new Verdict(Status.OK, List.of()), verdict, "our own lack of IPv6 is no fault of the host");
        } else {
            assertEquals(Status.WARNING, verdict.status());
            assertEquals(List.of(code), verdict.codes());
            assertEquals(List.of("192.0.2.2:443"), verdict.findings().getFirst().addresses());
        }
    }

    @ParameterizedTest
    @MethodSource("endings")
    void anExpiredCertificateIsStillReportedWhenTheOtherAddressIsDown(Ending ending, FindingCode code) {
        Verdict verdict = judge(seen(ending, NOTHING), seen(COMPLETED, EXPIRED));

        assertEquals(Status.CRITICAL, verdict.status());
        assertEquals(FindingCode.EXPIRED, verdict.codes().getFirst());
    }

    @Test
    void aHandshakeThatBreaksAfterTheCertificateIsCriticalAndTheCertificateIsJudged() {
        Verdict verdict = judge(seen(BROKEN, EXPIRED));

        assertEquals(Status.CRITICAL, verdict.status());
        assertEquals(List.of(FindingCode.EXPIRED, FindingCode.HANDSHAKE_FAILED), verdict.codes());
    }

    @Test
    void differentCertificatesAreDifferentFindings() {
        Verdict verdict = judge(seen(COMPLETED, EXPIRED), seen(COMPLETED, chain(10)), seen(COMPLETED, EXPIRED));

        assertEquals(List.of(FindingCode.EXPIRED, FindingCode.EXPIRING, FindingCode.SPLIT_FLEET), verdict.codes());
        assertEquals(
                List.of(List.of("192.0.2.1:443", "192.0.2.3:443"), List.of("192.0.2.2:443")),
                verdict.findings().stream().limit(2).map(Finding::addresses).toList());
    }

    @Test
    void detailsSayWhatToDo() {
        assertEquals(
                "No answer on port 443 within 10 s. Check that the server is up and that no firewall drops the connection.",
                judge(seen(SILENT, NOTHING)).findings().getFirst().detail());
        assertEquals(
                "The server broke off the TLS handshake on port 443 with the alert handshake_failure. "
                        + "Check its protocols, cipher suites and name.",
                judge(seen(ALERTED, NOTHING)).findings().getFirst().detail());
    }

    @Test
    void whatAServerSaysCannotDisturbATerminal() {
        Ending rude = new Ending.HandshakeFailed(Optional.empty(), "\u001b[2J\n" + "x".repeat(10_000));

        String detail = judge(seen(rude, NOTHING)).findings().getFirst().detail();

        assertEquals(-1, detail.indexOf('\u001b'));
        assertEquals(-1, detail.indexOf('\n'));
        assertEquals(true, detail.length() < 400);
    }

    @Test
    void aBlockedOrUnresolvedHostIsUnreachableAsAWhole() {
        Judge judge = judge();

        Verdict blocked = Verdicts.onSight(judge, TARGET, new HostFacts.Blocked("10.0.0.1 is private"), NOW);
        Verdict unresolved = Verdicts.onSight(judge, TARGET, new HostFacts.Unresolved("no such name"), NOW);

        assertEquals(List.of(FindingCode.ADDRESS_BLOCKED), blocked.codes());
        assertEquals(List.of(FindingCode.DNS_FAILURE), unresolved.codes());
        assertEquals(Status.UNREACHABLE, blocked.status());
        assertEquals(Status.UNREACHABLE, unresolved.status());
        assertEquals(List.of(), blocked.findings().getFirst().addresses());
    }

    private static Verdict judge(Seen... seen) {
        List<AddressFacts> facts = new ArrayList<>();
        for (Seen one : seen) {
            InetAddress address = InetAddress.ofLiteral("192.0.2." + (facts.size() + 1));
            facts.add(new AddressFacts(
                    new InetSocketAddress(address, 443), one.ending(), one.chain(), Duration.ofMillis(9)));
        }
        return Verdicts.onSight(judge(), TARGET, new HostFacts.Visited(facts), NOW);
    }

    private static Judge judge() {
        return new Judge(TrustAnchors.of(List.of(AUTHORITY.root().certificate())), ExpiryThresholds.STANDARD);
    }

    private static Seen seen(Ending ending, List<X509Certificate> chain) {
        return new Seen(ending, chain);
    }

    private static List<X509Certificate> chain(int daysLeft) {
        Validity validity = Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(daysLeft));
        return AUTHORITY.issue(LeafRequest.forName(TARGET.host(), validity)).chain();
    }

    private record Seen(Ending ending, List<X509Certificate> chain) {}
}
