package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.HandshakeLimits;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without IPv6 a host that has both is well. In a process of its own: the JDK looks once what there is. */
class NoIpv6Test {
    @TempDir
    private Path folder;

    @Test
    void aHostOfBothFamiliesIsWellWhereThereIsOneOnly() throws Exception {
        Path output = folder.resolve("output");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Check.class.getName())
                .redirectError(folder.resolve("errors").toFile())
                .redirectOutput(output.toFile())
                .start()
                .waitFor();

        assertEquals(
                List.of("ok []", "handshake-complete", "connection-refused"),
                Files.readAllLines(output, StandardCharsets.UTF_8));
    }

    /** Prints what is found on a good host with two addresses, and how each visit ended. */
    static final class Check {
        private Check() {}

        public static void main(String[] arguments) {
            HandshakeLimits.raise();
            InstantSource clock = InstantSource.system();
            CertificateAuthority authority = CertificateAuthority.create("Dual", clock.instant());
            Validity validity = Validity.withLeft(clock.instant(), Duration.ofDays(90), Duration.ofDays(60));
            try (TlsServer server =
                    TlsServer.start(authority.issue(LeafRequest.forName("dual.certtide.test", validity)))) {
                CheckResult result = TlsChecker.builder()
                        .guard(AddressGuard.strict()
                                .allowingNetworks("127.0.0.0/8,::1/128")
                                .allowingPorts(Ports.ALL))
                        .resolver(name -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")))
                        .anchors(TrustAnchors.of(List.of(authority.root().certificate())))
                        .build()
                        .check(new Target(Protocol.HTTPS, "dual.certtide.test", server.port()), clock);
                System.out.println(result.status().word() + " " + result.findings());
                result.addresses().stream().map(AddressReport::ending).forEach(System.out::println);
            }
            System.exit(0);
        }
    }
}
