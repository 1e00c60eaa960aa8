package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckByIpv6Test {
    @Test
    void anAddressToConnectToMayBeOfIpv6(@TempDir Path folder) throws Exception {
        var now = Instant.now();
        var authority = CertificateAuthority.create("Six", now);
        var validity = Validity.withLeft(now, Duration.ofDays(90), Duration.ofDays(60));
        var root = Files.writeString(folder.resolve("root.pem"), authority.rootPem());
        try (var server = onIpv6(authority.issue(LeafRequest.forName("six.certtide.test", validity)))) {
            var run = Run.of(
                    "check",
                    "--allow-private",
                    "--ca-file",
                    root.toString(),
                    "--connect-to",
                    "[::1]:" + server.port(),
                    "six.certtide.test");

            assertTrue(run.out().startsWith("six.certtide.test  ok\n"), run.out() + run.err());
            assertTrue(run.out().contains("  [::1]:" + server.port() + "  TLSv1.3  TLS_AES_"), run.out());
            assertEquals(ExitCode.OK, run.exitCode());
        }
    }

    private static TlsServer onIpv6(Identity identity) {
        try {
            return TlsServer.start(InetAddress.ofLiteral("::1"), 0, identity);
        } catch (UncheckedIOException e) {
            return abort("this machine has no IPv6 loopback: " + e.getCause());
        }
    }
}
