package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    @TempDir
    static Path folder;

    private static TlsFarm farm;
    private static Path root;

    @BeforeAll
    static void startFarm() throws IOException {
        farm = TlsFarm.start();
        root = farm.writeRootPem(folder.resolve("root.pem"));
    }

    @AfterAll
    static void stopFarm() {
        farm.close();
    }

    /** A fleet has two addresses, and a check that is told where to connect to sees one. */
    @ParameterizedTest
    @EnumSource(value = HostKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SPLIT_FLEET")
    void everyKindOfHostIsToldAsOneObjectAndByTheExitCode(HostKind kind) {
        var run = check(kind, "--json");

        var result = Json.read(CheckResult.class, run.out().strip());
        assertEquals(kind.expectedStatus(), result.status().word());
        assertEquals(
                kind.expectedCodes(),
                result.findings().stream().map(finding -> finding.code().code()).toList());
        assertEquals(ExitCode.of(result.status()), run.exitCode());
        assertEquals("", run.err());
    }

    @Test
    void theReportNamesStatusFindingAndChain() {
        var run = check(HostKind.EXPIRED);

        assertTrue(run.out().startsWith(farm.host(HostKind.EXPIRED).authority() + "  critical\n"), run.out());
        assertTrue(run.out().contains("  critical  expired: The certificate expired on "), run.out());
        assertTrue(run.out().contains("    CN=expired.certtide.test"), run.out());
        assertTrue(run.out().contains("(5 days ago)"), run.out());
    }

    @Test
    void theExitCodeIsTheWorstOfAllHosts() {
        var good = farm.host(HostKind.GOOD).authority();
        var run = Run.of(
                "check",
                "--allow-private",
                "--ca-file",
                root.toString(),
                "--connect-to",
                "127.0.0.1:" + farm.host(HostKind.GOOD).port(),
                "--json",
                good,
                "other.certtide.test");

        assertEquals(ExitCode.CRITICAL, run.exitCode());
        assertEquals(2, run.out().lines().count());
    }

    @Test
    void privateAddressesAreNotVisitedUnlessAskedFor() {
        var run = Run.of("check", "127.0.0.1:" + farm.host(HostKind.GOOD).port());

        assertEquals(ExitCode.CRITICAL, run.exitCode());
        assertTrue(run.out().contains("address-blocked"), run.out());
        assertTrue(run.out().contains("--allow-private"), run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "check http://example.com",
                "check https://user:hunter2@example.com",
                "check example.com:0",
                "check example.com:99999",
                "check 2852039166",
                "check --timeout 0 example.com",
                "check --timeout soon example.com",
                "check --connect-to example.com:443 example.com",
                "check --ca-file /nowhere/root.pem example.com",
                "check --nonsense example.com",
                "publish https://",
                "status a..b",
                "nonsense"
            })
    void whatCannotBeUsedEndsWithThreeAndSaysWhy(String line) {
        var run = Run.of(line.split(" "));

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(!run.err().isBlank());
        assertTrue(!run.err().contains("hunter2"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void exitCodesAreThoseOfMonitoringPlugins() {
        assertEquals(0, ExitCode.of(Status.OK));
        assertEquals(1, ExitCode.of(Status.WARNING));
        assertEquals(2, ExitCode.of(Status.CRITICAL));
        assertEquals(2, ExitCode.of(Status.UNREACHABLE));
    }

    private static Run check(HostKind kind, String... options) {
        var host = farm.host(kind);
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                "check",
                "--allow-private",
                "--timeout",
                "2",
                "--ca-file",
                root.toString(),
                "--connect-to",
                "127.0.0.1:" + host.port()));
        arguments.addAll(java.util.List.of(options));
        arguments.add(host.url());
        return Run.of(arguments.toArray(String[]::new));
    }
}
