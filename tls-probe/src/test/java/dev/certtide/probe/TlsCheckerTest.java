package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.UnusedPort;
import dev.certtide.farm.Validity;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.judge.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import dev.certtide.probe.visit.TlsEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real servers, real handshakes, loopback. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class TlsCheckerTest {
    @Parameter
    private TlsEngine engine;

    private static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

    @TempDir
    private static Path folder;

    private static TlsFarm farm;

    @BeforeAll
    static void startFarm() {
        farm = TlsFarm.start(NOW);
    }

    @AfterAll
    static void stopFarm() {
        farm.close();
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void everyKindOfHostGetsExactlyItsCode(HostKind kind) throws Exception {
        FarmHost host = farm.host(kind);

        Duration deadline = Duration.ofSeconds(kind.outlastsTheDeadline() ? 1 : 10);

        CheckResult result = farmChecker().deadline(deadline).build().check(target(host), NOW);

        assertEquals(host.expectedStatus(), result.status().word());
        assertEquals(
                host.expectedCodes(),
                result.verdict().codes().stream().map(FindingCode::code).toList());
        assertEquals(NOW.instant(), result.checkedAt());
        assertEquals(kind.isFleet() ? 2 : 1, result.addresses().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = HostKind.class,
            names = {
                "GOOD",
                "EXPIRING",
                "EXPIRED",
                "NOT_YET_VALID",
                "WRONG_HOST",
                "SELF_SIGNED",
                "UNTRUSTED_ROOT",
                "INCOMPLETE_CHAIN"
            })
    void aBadCertificateIsNeverAMissingOne(HostKind kind) throws Exception {
        AddressReport address = farmChecker()
                .build()
                .check(target(farm.host(kind)), NOW)
                .addresses()
                .getFirst();

        assertFalse(address.chain().isEmpty());
        assertEquals("handshake-complete", address.ending());
        assertEquals("TLSv1.3", address.protocol().orElseThrow());
    }

    @Test
    void theReportTellsWhatTheCertificateSays() throws Exception {
        CheckResult result = farmChecker().build().check(target(farm.host(HostKind.GOOD)), NOW);

        var leaf = result.leaf().orElseThrow();
        assertEquals(List.of("good.certtide.test"), leaf.names());
        assertEquals("EC P-256", leaf.keyAlgorithm());
        assertEquals("SHA256withECDSA", leaf.signatureAlgorithm());
        assertEquals(NOW.instant().plus(Duration.ofDays(60)), leaf.notAfter());
        assertEquals(64, leaf.sha256().length());
        assertEquals(2, result.addresses().getFirst().chain().size());
    }

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

    @Test
    void manyChecksInFlightDoNotDisturbEachOther() throws Exception {
        TlsChecker checker = farmChecker().deadline(Duration.ofMinutes(1)).build();
        List<HostKind> kinds = Stream.of(HostKind.values())
                .filter(kind -> !kind.outlastsTheDeadline())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<CheckResult>> checks = IntStream.range(0, 3 * kinds.size())
                    .<Callable<CheckResult>>mapToObj(
                            i -> () -> checker.check(target(farm.host(kinds.get(i % kinds.size()))), NOW))
                    .toList();
            List<Future<CheckResult>> results = threads.invokeAll(checks);

            for (int i = 0; i < results.size(); i++) {
                HostKind kind = kinds.get(i % kinds.size());
                assertEquals(
                        kind.expectedStatus(), results.get(i).get().status().word(), kind::name);
            }
        }
    }

    private TlsChecker.Builder farmChecker() throws Exception {
        Path hosts = farm.writeHostsFile(folder.resolve("hosts"));
        Path roots = farm.writeRootPem(folder.resolve("root.pem"));
        return local().resolver(Resolver.system().after(hosts))
                .anchors(TrustAnchors.ofJdk().and(roots));
    }

    private TlsChecker.Builder farmChecker(Resolver resolver) {
        return local().resolver(resolver)
                .anchors(TrustAnchors.of(List.of(farm.authority().root().certificate())));
    }

    private TlsChecker.Builder local() {
        return TlsChecker.builder().engine(engine).guard(LOOPBACK);
    }

    private static Target target(FarmHost host) {
        return Target.parse(host.url());
    }

    private static InetAddress ip(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
