package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Unfetched;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.visit.Resolver;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-10-01T12:00:00Z"));
    private static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);
    private static final Resolver RESOLVER = name -> List.of(InetAddress.ofLiteral("127.0.0.1"));

    private final TlsChecker checker = TlsChecker.builder()
            .guard(LOOPBACK)
            .resolver(RESOLVER)
            .evidence(WebEvidence.guarded(RESOLVER, LOOPBACK))
            .build();

    @Test
    void anAuthorityOfOnesOwnIsTrustedForOneCheckAndNotForTheNext() {
        CertificateAuthority own = CertificateAuthority.create("Own", NOW.instant());
        Validity validity = Validity.withLeft(NOW.instant(), Duration.ofDays(90), Duration.ofDays(60));
        try (TlsServer server = TlsServer.start(own.issue(LeafRequest.forName("own.certtide.test", validity)))) {
            CheckRequest request = CheckRequest.of(new Target(Protocol.HTTPS, "own.certtide.test", server.port()));

            Examination trusting =
                    checker.examine(request.trusting(List.of(own.root().certificate())), NOW);

            assertEquals(Status.OK, trusting.result().status());
            assertEquals(
                    List.of(FindingCode.UNTRUSTED_ROOT),
                    checker.examine(request, NOW).result().verdict().codes());
        }
    }

    /** A process keeps paths and verdicts of earlier checks, and serves many owners. */
    @Test
    void whatIsRememberedOfWhoTrustsAnAuthorityOfTheirOwnIsTrueForNobodyElse() {
        CertificateAuthority own = CertificateAuthority.create("Own", NOW.instant());
        CertificateAuthority others = CertificateAuthority.create("Others'", NOW.instant());
        Validity validity = Validity.withLeft(NOW.instant(), Duration.ofDays(90), Duration.ofDays(60));
        try (TlsServer server = TlsServer.start(own.issue(LeafRequest.forName("own.certtide.test", validity)))) {
            CheckRequest request = CheckRequest.of(new Target(Protocol.HTTPS, "own.certtide.test", server.port()));
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        List.of(), codes(request.trusting(List.of(own.root().certificate()))), "by their own");
                assertEquals(List.of(FindingCode.UNTRUSTED_ROOT), codes(request), "by the public roots");
                assertEquals(
                        List.of(FindingCode.UNTRUSTED_ROOT),
                        codes(request.trusting(List.of(others.root().certificate()))),
                        "by those of others");
            }
        }
    }

    private List<FindingCode> codes(CheckRequest request) {
        return checker.examine(request, NOW).result().verdict().codes();
    }

    @Test
    void whatCouldNotBeHadAndOfWhatDayTheRootsAreIsKnown() {
        try (TlsFarm farm = TlsFarm.start(NOW)) {
            Target target =
                    Target.parse(farm.host(HostKind.REVOCATION_LIST_MISSING).url());

            Examination examination = checker.examine(
                    CheckRequest.of(target)
                            .trusting(List.of(farm.authority().root().certificate())),
                    NOW);

            assertEquals(Status.OK, examination.result().status());
            assertEquals(
                    List.of("the server answered 404"),
                    examination.evidence().missing().stream()
                            .map(Evidence.Missing::reason)
                            .toList());
            assertEquals(
                    List.of(Unfetched.REVOCATION_LIST),
                    examination.result().unfetched().stream()
                            .map(Unfetched::kind)
                            .toList());
            assertEquals(
                    Optional.of(LocalDate.parse("2026-08-18")),
                    examination.anchors().asOf());
        }
    }

    @Test
    void aListThatIsOutOfDateIsToldWithWhatCouldNotBeHad() {
        try (TlsFarm farm = TlsFarm.start(NOW)) {
            Target target =
                    Target.parse(farm.host(HostKind.REVOCATION_LIST_OUT_OF_DATE).url());
            CheckRequest request = CheckRequest.of(target)
                    .trusting(List.of(farm.authority().root().certificate()));
            for (int i = 0; i < 3; i++) {
                CheckResult result = checker.examine(request, NOW).result();

                assertEquals(Status.OK, result.status());
                assertEquals(
                        List.of("it is out of date since 2026-09-30T12:00:00Z"),
                        result.unfetched().stream().map(Unfetched::reason).toList());
            }
        }
    }
}
