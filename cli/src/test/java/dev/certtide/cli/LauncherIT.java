package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as users start it: a process of its own. */
class LauncherIT {
    @TempDir
    static Path folder;

    private static TlsFarm farm;

    @BeforeAll
    static void startFarm() throws IOException {
        assertTrue(Files.exists(Home.assembly()), "the launcher would build the stack first: build infra-cdk");
        farm = TlsFarm.start();
        farm.writeRootPem(folder.resolve("root.pem"));
        farm.writeHostsFile(folder.resolve("hosts"));
    }

    @AfterAll
    static void stopFarm() {
        if (farm != null) {
            farm.close();
        }
    }

    @Test
    void itTellsEveryKindOfHostByItsCodes() throws Exception {
        var hosts = farm.hosts().stream()
                .filter(host -> !host.kind().outlastsTheDeadline())
                .toList();
        var urls = Files.write(
                folder.resolve("urls"), hosts.stream().map(FarmHost::url).toList());

        var run = run(command("--short", "--parallel", "8", "--file", urls.toString()), Map.of());

        assertEquals(
                hosts.stream().map(LauncherIT::expected).toList(),
                run.out().lines().map(LauncherIT::told).toList());
        assertEquals("", run.err());
        assertEquals(ExitCode.CRITICAL, run.exitCode());
    }

    @Test
    void aTerminalGetsColoursUnlessTheUserWantsNone() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no terminal can be had");
        var check =
                String.join(" ", command("--short", farm.host(HostKind.EXPIRED).url()));
        var inTerminal = List.of("script", "-qec", check, "/dev/null");

        assertTrue(run(inTerminal, Map.of("TERM", "xterm")).out().startsWith("\u001b[31mcritical"));
        assertFalse(
                run(inTerminal, Map.of("TERM", "xterm", "NO_COLOR", "1")).out().contains("\u001b"));
    }

    @Test
    void aTerminalGetsABarThatGoesAwayWhenThereAreSeveralHosts() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no terminal can be had");
        var check = String.join(
                " ",
                command(
                        "--short",
                        farm.host(HostKind.GOOD).url(),
                        farm.host(HostKind.EXPIRED).url()));

        var run = run(List.of("script", "-qec", check, "/dev/null"), Map.of("TERM", "xterm"));

        assertTrue(run.out().contains("2/2"), run.out());
        assertTrue(run.out().stripTrailing().endsWith("\r\u001b[K2 checked, 1 of them not ok"), run.out());
        assertEquals(ExitCode.CRITICAL, run.exitCode());
    }

    private static String expected(FarmHost host) {
        return host.expectedStatus() + " "
                + (host.expectedCodes().isEmpty() ? "-" : String.join(", ", host.expectedCodes()));
    }

    /** Of {@code status  host  codes  until}. */
    private static String told(String line) {
        var columns = line.split(" {2,}");
        return columns[0] + " " + columns[2];
    }

    private static List<String> command(String... more) {
        var command = new ArrayList<>(List.of(
                Home.folder().resolve("certtide").toString(),
                "check",
                "--allow-private",
                "--timeout",
                "60",
                "--roots",
                folder.resolve("root.pem").toString(),
                "--hosts-file",
                folder.resolve("hosts").toString()));
        command.addAll(List.of(more));
        return command;
    }

    private static Run run(List<String> command, Map<String, String> environment) throws Exception {
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }
}
