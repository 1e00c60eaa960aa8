package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
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

    @Test
    void theReportSaysWhatIsWrongWhatToDoAndWhatWasSent() {
        var run = check(url(HostKind.EXPIRED));

        assertTrue(run.out().startsWith(farm.host(HostKind.EXPIRED).authority() + "  critical\n"), run.out());
        assertContains(run, "  critical  expired\n      The certificate expired on ");
        assertContains(run, "      advice: Renew it now, and look at why the renewal did not run.\n");
        assertContains(run, "  127.0.0.1:" + farm.host(HostKind.EXPIRED).port() + "  TLSv1.3  TLS_AES_");
        assertContains(run, "  1.  CN=expired.certtide.test,O=Certtide farm\n");
        assertContains(run, "      issuer  CN=Certtide farm intermediate,O=Certtide farm\n");
        assertContains(run, " (ended 5 days ago)\n");
        assertContains(run, "      names   expired.certtide.test\n");
        assertContains(run, "      key     EC P-256, signed with SHA256withECDSA\n");
        assertTrue(run.out().matches("(?s).*\n      sha256  [0-9a-f]{64}\n  2\\.  CN=.*"), run.out());
    }

    @Test
    void addressesThatSendTheSameAreToldTogetherAndOthersApart() {
        var split = check(url(HostKind.SPLIT_FLEET)).out();
        assertEquals(2, split.lines().filter(line -> line.startsWith("  1.  ")).count(), split);

        var half = check(url(HostKind.HALF_DOWN));
        assertEquals(
                1, half.out().lines().filter(line -> line.startsWith("  1.  ")).count(), half.out());
        assertTrue(half.out().matches("(?s).*\n  warning  connection-refused  on [^,\n]+\n.*"), half.out());
    }

    @Test
    void whatIsOnlyToldIsCalledANote() {
        var run = check(url(HostKind.CLIENT_CERTIFICATE_REQUIRED_TLS_1_2));

        assertContains(run, "  ok\n\n  note  client-certificate-required\n");
        assertContains(run, "  asks for a client certificate  ");
    }

    @Test
    void aShortReportIsOneLine() {
        var run = check("--short", url(HostKind.WRONG_HOST), url(HostKind.SMTP_GOOD));

        var lines = run.out().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(
                lines.getFirst()
                        .matches(
                                "critical     wrong-host\\.certtide\\.test:\\d+  hostname-mismatch  until .+ \\(in .+\\)"),
                run.out());
        assertTrue(
                lines.getLast().matches("ok           smtp://smtp-good\\.certtide\\.test:\\d+  -  until .+"),
                run.out());
    }

    @Test
    void quietHidesWhatIsOk() {
        var run = check("--quiet", "--short", url(HostKind.GOOD), url(HostKind.EXPIRING), url(HostKind.WILDCARD));

        assertEquals(1, run.out().lines().count(), run.out());
        assertContains(run, "expiring.certtide.test");
        assertEquals(ExitCode.WARNING, run.exitCode());
    }

    @Test
    void theExitCodeIsTheWorstOfAllHosts() {
        assertEquals(
                ExitCode.OK, check(url(HostKind.GOOD), url(HostKind.IMAP_GOOD)).exitCode());
        assertEquals(
                ExitCode.CRITICAL,
                check(url(HostKind.EXPIRED), url(HostKind.EXPIRING), url(HostKind.GOOD))
                        .exitCode());
    }

    @Test
    void aLineThatNamesNoHostIsToldWithItsNumberAndTheOthersAreChecked() throws IOException {
        var file = Files.writeString(
                folder.resolve("list.txt"), """
                \uFEFF# our hosts

                %s   # the good one
                http://example.com
                   %s
                ftp://
                """.formatted(url(HostKind.GOOD), url(HostKind.WILDCARD)));

        var run = check("--short", "--file", file.toString());

        assertEquals(2, run.out().lines().count(), run.out());
        assertEquals("""
                certtide: %1$s:4: http has no certificate; publish the https address
                certtide: %1$s:6: has no host; write it as https://host
                """.formatted(file), run.err());
        assertEquals(ExitCode.USAGE, run.exitCode());
    }

    @Test
    void criticalOutranksALineThatCouldNotBeUsed() throws IOException {
        var file = Files.writeString(folder.resolve("both.txt"), "http://x\n" + url(HostKind.SELF_SIGNED) + "\n");

        assertEquals(ExitCode.CRITICAL, check("--file", file.toString()).exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "--file=-"})
    void hostsAreReadFromStandardInput(String argument) {
        var terminal = System.in;
        System.setIn(new ByteArrayInputStream(
                (url(HostKind.GOOD) + "\n" + url(HostKind.EXPIRED)).getBytes(StandardCharsets.UTF_8)));
        try {
            var run = check("--short", argument);

            assertEquals(2, run.out().lines().count(), run.out() + run.err());
        } finally {
            System.setIn(terminal);
        }
    }

    @Test
    void aListWithoutAnyHostIsNoSuccess() throws IOException {
        var file = Files.writeString(folder.resolve("empty.txt"), "# nothing yet\n\n");

        var run = check("--file", file.toString());

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("nothing to check: there is no host in what was given"), run.err());
    }

    @Test
    void aHostWithoutASchemeIsReachedByTheProtocolThatIsNamed() {
        assertContains(
                check(
                        "--protocol",
                        "postgres",
                        farm.host(HostKind.POSTGRES_SELF_SIGNED).authority()),
                "critical  self-signed");
    }

    @Test
    void aServerCanBeAskedForAnotherNameThanItIsJudgedFor() {
        var port = farm.host(HostKind.SERVER_NAME_NEEDED).port();

        var run = check(
                "--connect-to",
                "127.0.0.1:" + port,
                "--servername",
                HostKind.SERVER_NAME_NEEDED.hostName(),
                "elsewhere.certtide.test");

        assertContains(run, "  critical  hostname-mismatch\n");
        assertContains(run, "  1.  CN=server-name-needed.certtide.test,");
    }

    @Test
    void daysReplaceTheSharesOfALifetime() {
        var soon = url(HostKind.EXPIRING); // 10 days

        assertEquals(ExitCode.OK, check("--warn-days", "9", soon).exitCode());
        assertEquals(ExitCode.WARNING, check("--warn-days", "11", soon).exitCode());
        assertEquals(ExitCode.CRITICAL, check("--critical-days", "11", soon).exitCode());
        assertEquals(
                ExitCode.WARNING, check("--warn-days", "61", url(HostKind.GOOD)).exitCode());
    }

    @Test
    void coloursComeWhenTheyAreAskedForAndOtherwiseOnTerminalsOnly() {
        assertFalse(check(url(HostKind.EXPIRED)).out().contains("\u001b"));
        assertFalse(check("--color=never", url(HostKind.EXPIRED)).out().contains("\u001b"));
        assertContains(check("--color=always", url(HostKind.EXPIRED)), "\u001b[31mcritical\u001b[0m\n");
    }

    @Test
    void privateAddressesAreNotVisitedUnlessAskedFor() {
        var run = Run.of("check", "127.0.0.1:" + farm.host(HostKind.GOOD).port());

        assertEquals(ExitCode.CRITICAL, run.exitCode());
        assertContains(run, "address-blocked");
        assertContains(run, "--allow-private");
    }

    @Test
    void aListOfRootsCountsInPlaceOfMozillas() throws Exception {
        var run = Run.of(
                "check",
                "--allow-private",
                "--hosts-file",
                folder.resolve("hosts").toString(),
                "--roots",
                folder.resolve("root.pem").toString(),
                url(HostKind.GOOD));

        assertEquals(ExitCode.OK, run.exitCode(), run.out());
    }

    /** The host is one that nothing is connected to. */
    @Test
    void aListThatIsOldIsToldToBe(@TempDir Path lists) throws Exception {
        var dated = Files.writeString(
                lists.resolve("roots.pem"), "# As of: 2027-03-01\n" + Files.readString(folder.resolve("root.pem")));
        var march = InstantSource.fixed(Instant.parse("2027-03-01T12:00:00Z"));

        assertEquals(
                "certtide: the list of trusted roots is of 2026-08-18, more than 180 days ago; update Certtide, or name "
                        + "a newer list by --roots\n",
                Run.at(march, "check", "127.0.0.1").err());
        assertEquals(
                "",
                Run.at(march, "check", "--roots", dated.toString(), "127.0.0.1").err());
    }

    @Test
    void exitCodesAreThoseOfMonitoringPlugins() {
        assertEquals(0, ExitCode.of(Status.OK));
        assertEquals(1, ExitCode.of(Status.WARNING));
        assertEquals(2, ExitCode.of(Status.CRITICAL));
        assertEquals(2, ExitCode.of(Status.UNREACHABLE));
    }

    private static void assertContains(Run run, String text) {
        assertTrue(run.out().contains(text), () -> "'" + text + "' is not in:\n" + run.out() + run.err());
    }

    private static String url(HostKind kind) {
        return farm.host(kind).url();
    }

    private static Run check(String... more) {
        var arguments = new ArrayList<>(List.of(
                "check",
                "--allow-private",
                "--timeout",
                "20",
                "--roots",
                folder.resolve("root.pem").toString(),
                "--hosts-file",
                folder.resolve("hosts").toString()));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }
}
