package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckerEnvironmentTest {
    @Test
    void theEnvironmentMakesAFarmCheckable(@TempDir Path folder) throws Exception {
        try (TlsFarm farm = TlsFarm.start()) {
            Map<String, String> environment = Map.of(
                    "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8",
                    "CERTTIDE_ALLOWED_PORTS", "1-65535",
                    "CERTTIDE_HOSTS_FILE", farm.writeHostsFile(folder.resolve("hosts")).toString(),
                    "CERTTIDE_CA_FILE", farm.writeRootPem(folder.resolve("root.pem")).toString(),
                    "CERTTIDE_CHECK_TIMEOUT", "2.5");
            TlsChecker checker = TlsChecker.from(environment).build();

            assertEquals(Status.OK, check(checker, farm.host(HostKind.GOOD)).status());
            assertEquals(Status.UNREACHABLE, check(checker, farm.host(HostKind.SLOW)).status());
        }
    }

    @Test
    void withoutItTheCheckerIsStrict() {
        CheckResult result = TlsChecker.from(Map.of("CERTTIDE_ALLOWED_NETWORKS", " "))
                .build()
                .check(Target.parse("https://127.0.0.1"), InstantSource.system());

        assertEquals(List.of(FindingCode.ADDRESS_BLOCKED), result.verdict().codes());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            CERTTIDE_ALLOWED_NETWORKS, 127.0.0.1/8
            CERTTIDE_ALLOWED_PORTS,    http
            CERTTIDE_CA_FILE,          /does/not/exist.pem
            CERTTIDE_CHECK_TIMEOUT,    soon
            CERTTIDE_CHECK_TIMEOUT,    0
            CERTTIDE_CHECK_TIMEOUT,    -1
            """)
    void aMalformedVariableIsNamed(String name, String value) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> TlsChecker.from(Map.of(name, value)));

        assertTrue(refusal.getMessage().startsWith(name + ": "), refusal::getMessage);
    }

    private static CheckResult check(TlsChecker checker, FarmHost host) {
        return checker.check(Target.parse("https://" + host.authority()), InstantSource.system());
    }
}
