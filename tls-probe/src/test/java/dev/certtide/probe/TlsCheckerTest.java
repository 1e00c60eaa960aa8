package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.UnusedPort;
import dev.certtide.farm.Validity;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.visit.Resolver;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a checker makes of hosts with several addresses, renewals, odd chains. Real servers, real handshakes. */
class TlsCheckerTest extends FarmChecks {
    @Test
    void anOverriddenAddressIsVisitedUnderTheTargetsName() {
        Resolver none = name -> {
            throw new AssertionError("asked for " + name);
        };

        CheckResult result = farmChecker(none)
                .connectTo(new InetSocketAddress(
                        ip("127.0.0.1"), farm.host(HostKind.GOOD).port()))
                .build()
                .check(Target.parse("https://good.certtide.test"), NOW);

        assertEquals(Status.OK, result.status());
    }

    @Test
    void anAddressThatIsDownIsToldAndTheCertificateOfTheOthersRemains() {
        Identity identity = farm.issue("half.certtide.test", Duration.ofDays(60));
        try (TlsServer up = TlsServer.start(identity);
                UnusedPort down = UnusedPort.reserve(ip("127.0.0.2"), up.port())) {
            CheckResult result = farmChecker(name -> List.of(ip("127.0.0.2"), ip("127.0.0.1")))
                    .build()
                    .check(new Target(Protocol.HTTPS, "half.certtide.test", up.port()), NOW);

            var finding = result.verdict().findings().getFirst();
            assertEquals(
                    List.of(FindingCode.CONNECTION_REFUSED), result.verdict().codes());
            assertEquals(List.of("127.0.0.2:" + down.port()), finding.addresses());
            assertEquals(Status.WARNING, result.status());
            assertTrue(result.leaf().isPresent());
            assertEquals("connection-refused", result.addresses().getFirst().ending());
        }
    }

    @Test
    void theSameFaultOnSeveralAddressesIsOneFinding() {
        Identity expired = farm.issue("fleet.certtide.test", Duration.ofDays(-1));
        try (TlsServer one = TlsServer.start(expired);
                TlsServer two = TlsServer.start(ip("127.0.0.2"), one.port(), expired)) {
            CheckResult result = farmChecker(name -> List.of(ip("127.0.0.1"), ip("127.0.0.2")))
                    .build()
                    .check(new Target(Protocol.HTTPS, "fleet.certtide.test", two.port()), NOW);

            assertEquals(List.of(FindingCode.EXPIRED), result.verdict().codes());
            assertEquals(
                    List.of("127.0.0.1:" + one.port(), "127.0.0.2:" + one.port()),
                    result.verdict().findings().getFirst().addresses());
        }
    }

    @Test
    void aRenewalIsSeenAtOnceBecauseNoSessionIsResumed() {
        String name = "renewed.certtide.test";
        TlsServer server = farm.serve(name, farm.issue(name, Duration.ofDays(2)));
        TlsChecker checker = farmChecker(any -> List.of(ip("127.0.0.1"))).build();
        Target target = new Target(Protocol.HTTPS, name, server.port());
        assertEquals(Status.CRITICAL, checker.check(target, NOW).status());

        server.present(farm.issue(name, Duration.ofDays(90)));

        assertEquals(Status.OK, checker.check(target, NOW).status());
    }

    @Test
    void theChainIsKeptWhenTheHandshakeBreaksAfterIt() {
        Identity identity = farm.issue("broken.certtide.test", Duration.ofDays(60));
        Identity wrongKey = new Identity(
                farm.issue("other.certtide.test", Duration.ofDays(60)).key(), identity.chain());
        try (TlsServer server = TlsServer.start(wrongKey)) {
            CheckResult result = farmChecker(any -> List.of(ip("127.0.0.1")))
                    .build()
                    .check(new Target(Protocol.HTTPS, "broken.certtide.test", server.port()), NOW);

            assertEquals(List.of(FindingCode.HANDSHAKE_FAILED), result.verdict().codes());
            assertEquals(Status.CRITICAL, result.status());
            assertEquals(2, result.addresses().getFirst().chain().size());
        }
    }

    @Test
    void aHostIsVisitedByIpv6() {
        Identity identity = farm.issue("six.certtide.test", Duration.ofDays(60));
        try (TlsServer server = onIpv6(identity)) {
            CheckResult result = farmChecker(any -> List.of(ip("::1")))
                    .guard(AddressGuard.strict().allowingNetworks("::1/128").allowingPorts(Ports.ALL))
                    .build()
                    .check(new Target(Protocol.HTTPS, "six.certtide.test", server.port()), NOW);

            assertEquals(new Verdict(Status.OK, List.of()), result.verdict());
            assertEquals("[::1]:" + server.port(), result.addresses().getFirst().address());
            assertEquals("handshake-complete", result.addresses().getFirst().ending());
        }
    }

    private static TlsServer onIpv6(Identity identity) {
        try {
            return TlsServer.start(ip("::1"), 0, identity);
        } catch (UncheckedIOException e) {
            return abort("this machine has no IPv6 loopback: " + e.getCause());
        }
    }

    @Test
    void anAddressIsCheckedAgainstTheAddressesInTheCertificate() {
        Identity identity = farm.issue("127.0.0.1", Duration.ofDays(60));
        try (TlsServer server = TlsServer.start(identity)) {
            TlsChecker checker = farmChecker(Resolver.system()).build();

            assertEquals(
                    Status.OK,
                    checker.check(Target.parse("https://127.0.0.1:" + server.port()), NOW)
                            .status());
        }
    }

    @Test
    void aCertificateWithTenThousandNamesIsReported() {
        List<String> names = IntStream.range(0, 10_000)
                .mapToObj(i -> "host-" + i + ".certtide.test")
                .toList();
        Validity validity = Validity.withLeft(NOW.instant(), Duration.ofDays(90), Duration.ofDays(60));
        Identity identity = farm.authority().issue(new LeafRequest("many", names, validity));
        try (TlsServer server = TlsServer.start(identity)) {
            CheckResult result = farmChecker(any -> List.of(ip("127.0.0.1")))
                    .build()
                    .check(new Target(Protocol.HTTPS, "host-9999.certtide.test", server.port()), NOW);

            assertEquals(Status.OK, result.status());
            var leaf = result.leaf().orElseThrow();
            assertEquals(10_000, leaf.names().size() + leaf.omittedNames());
        }
    }

    @Test
    void aServerThatSendsFortyCertificatesTooManyIsStillUnderstood() {
        Identity identity = farm.issue("verbose.certtide.test", Duration.ofDays(60));
        List<X509Certificate> chain = new ArrayList<>(identity.chain());
        for (int i = 0; i < 40; i++) {
            chain.add(CertificateAuthority.create("Other " + i, NOW.instant())
                    .root()
                    .certificate());
        }
        try (TlsServer server = TlsServer.start(identity.sending(chain))) {
            CheckResult result = farmChecker(any -> List.of(ip("127.0.0.1")))
                    .build()
                    .check(new Target(Protocol.HTTPS, "verbose.certtide.test", server.port()), NOW);

            assertEquals(Status.OK, result.status());
        }
    }
}
