package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.trust.TrustAnchors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A verdict does not depend on the engine. */
class EngineParityTest {
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

    /** Or else every kind of host would be the same to one engine, twice. */
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void boringSslIsThereAndIsTheBest() {
        assertTrue(BoringEngine.loaded().isPresent());
        assertNotSame(TlsEngine.jsse(), TlsEngine.best());
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void everyKindOfHostIsTheSameToBothEngines(HostKind kind) throws Exception {
        assertEquals(seenBy(TlsEngine.jsse(), kind), seenBy(TlsEngine.best(), kind));
    }

    private record Finding(String code, String severity, List<String> addresses) {}

    private record Address(String ending, Optional<String> protocol, List<String> chain) {}

    private record Seen(List<Finding> findings, List<Address> addresses) {}

    private static Seen seenBy(TlsEngine engine, HostKind kind) throws Exception {
        FarmHost host = farm.host(kind);
        AddressGuard guard =
                AddressGuard.strict().allowingNetworks("127.0.0.0/8,::1/128").allowingPorts(Ports.ALL);
        CheckResult result = TlsChecker.builder()
                .engine(engine)
                .guard(guard)
                .deadline(Duration.ofSeconds(kind.outlastsTheDeadline() ? 4 : 20))
                .resolver(Resolver.system().after(farm.writeHostsFile(folder.resolve("hosts"))))
                .anchors(TrustAnchors.ofMozilla().and(farm.writeRootPem(folder.resolve("root.pem"))))
                .build()
                .check(Target.parse(host.url()), NOW);
        return new Seen(
                result.findings().stream()
                        .map(finding -> new Finding(
                                finding.code().code(), finding.severity().word(), finding.addresses()))
                        .toList(),
                result.addresses().stream().map(EngineParityTest::address).toList());
    }

    private static Address address(AddressReport report) {
        return new Address(
                report.ending(),
                report.protocol(),
                report.chain().stream().map(CertificateReport::sha256).toList());
    }
}
