package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Unfetched;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real command against every kind of host that there is. */
class CheckFarmTest {
    @TempDir
    static Path folder;

    private static TlsFarm farm;

    @BeforeAll
    static void startFarm() throws IOException {
        farm = TlsFarm.start();
        farm.writeRootPem(folder.resolve("root.pem"));
        farm.writeHostsFile(folder.resolve("hosts"));
    }

    @AfterAll
    static void stopFarm() {
        farm.close();
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void everyKindOfHostIsToldByItsCodesAndTheExitCode(HostKind kind) {
        var run = check(kind.outlastsTheDeadline() ? "1" : "20", farm.host(kind).url());

        var lines = run.out().lines().toList();
        assertTrue(lines.getFirst().endsWith("  " + kind.expectedStatus()), run.out());
        assertEquals(
                kind.expectedCodes(),
                lines.stream()
                        .filter(line -> line.matches("  (note|warning|critical|unreachable)  [a-z0-9-]+(  on .+)?"))
                        .map(line -> line.strip().split("  ")[1])
                        .toList(),
                run.out());
        assertEquals(
                ExitCode.of(Status.valueOf(kind.expectedStatus().toUpperCase(java.util.Locale.ROOT))), run.exitCode());
        assertEquals("", run.err());
    }

    @Test
    void aFileOfAllHostsGivesOneObjectALineInItsOrder() throws IOException {
        var hosts = farm.hosts().stream()
                .filter(host -> !host.kind().outlastsTheDeadline())
                .toList();
        var file = Files.write(
                folder.resolve("urls"), hosts.stream().map(FarmHost::url).toList());

        var run = check("60", "--parallel", "4", "--json", "--file", file.toString());

        var results = run.out()
                .lines()
                .map(line -> Json.read(CheckResult.class, line))
                .toList();
        assertEquals(
                hosts.stream().map(FarmHost::url).toList(),
                results.stream().map(result -> result.target().id()).toList());
        IntStream.range(0, hosts.size())
                .forEach(i -> assertEquals(
                        hosts.get(i).expectedStatus() + " " + hosts.get(i).expectedCodes(),
                        results.get(i).status().word() + " " + codes(results.get(i)),
                        hosts.get(i)::url));
        assertEquals(ExitCode.CRITICAL, run.exitCode());
    }

    @Test
    void whatCouldNotBeFetchedIsToldInASentence() {
        var url = farm.host(HostKind.REVOCATION_LIST_MISSING).url();

        var run = check("20", url);
        var json = check("20", "--json", url);

        assertTrue(run.out().contains("  revocation unknown: the list at http://"), run.out());
        assertTrue(run.out().contains(" could not be used (the server answered 404)"), run.out());
        assertEquals(
                List.of(Unfetched.REVOCATION_LIST),
                Json.read(CheckResult.class, json.out()).unfetched().stream()
                        .map(Unfetched::kind)
                        .toList());
        assertEquals(ExitCode.OK, run.exitCode());
    }

    private static List<String> codes(CheckResult result) {
        return result.findings().stream().map(finding -> finding.code().code()).toList();
    }

    private static Run check(String timeout, String... more) {
        var arguments = new java.util.ArrayList<>(List.of(
                "check",
                "--allow-private",
                "--timeout",
                timeout,
                "--roots",
                folder.resolve("root.pem").toString(),
                "--hosts-file",
                folder.resolve("hosts").toString()));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }
}
