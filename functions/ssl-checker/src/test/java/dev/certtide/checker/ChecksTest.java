package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.probe.fetch.EvidenceSource;
import dev.certtide.probe.trust.AnchorFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of servers on this machine, with the settings of the environment and with what the schedule carries. */
class ChecksTest {
    @TempDir
    private static Path folder;

    private static final Map<String, String> LOCAL = new HashMap<>();
    private static TlsFarm farm;
    private static Target good;

    @BeforeAll
    static void startFarm() throws Exception {
        farm = TlsFarm.start();
        good = Target.parse("https://" + farm.host(HostKind.GOOD).authority());
        LOCAL.putAll(Map.of(
                "CERTTIDE_ALLOWED_NETWORKS",
                "127.0.0.0/8,::1/128",
                "CERTTIDE_ALLOWED_PORTS",
                "1-65535",
                "CERTTIDE_HOSTS_FILE",
                farm.writeHostsFile(folder.resolve("hosts")).toString(),
                "CERTTIDE_CA_FILE",
                farm.writeRootPem(folder.resolve("root.pem")).toString()));
    }

    @AfterAll
    static void stopFarm() {
        farm.close();
    }

    @Test
    void aTargetThatUsesToRenewEarlierIsOverdueAndNeedsAttention() {
        // 60 of its 90 days are left.
        var habit = new RenewalHabit(3, 0.75, Duration.ofDays(67).toSeconds(), 0);

        var checked = check(
                Map.of(), new Due(good, false, Optional.of(new Known(false, Optional.of(habit))), Optional.empty()));

        assertEquals(
                List.of(FindingCode.RENEWAL_OVERDUE), checked.result().verdict().codes());
        assertEquals(Status.WARNING, checked.result().status());
        assertTrue(checked.attention());
    }

    @Test
    void aRenewalThatIsNoLongerForClientsIsToldAndNeedsNoAttention() {
        var checked =
                check(Map.of(), new Due(good, false, Optional.of(new Known(true, Optional.empty())), Optional.empty()));

        assertEquals(
                List.of(FindingCode.CLIENT_AUTH_EKU_REMOVED),
                checked.result().verdict().codes());
        assertEquals(Status.OK, checked.result().status());
        assertEquals(false, checked.attention());
    }

    @Test
    void fixedTimesComeFromTheEnvironment() {
        var due = new Due(good, false);
        assertEquals(Status.OK, check(Map.of(), due).result().status());
        assertEquals(
                Status.WARNING,
                check(Map.of("CERTTIDE_WARN_DAYS", "61"), due).result().status());
        assertEquals(
                Status.CRITICAL,
                check(Map.of("CERTTIDE_WARN_DAYS", "90", "CERTTIDE_CRITICAL_DAYS", "60.5"), due)
                        .result()
                        .status());
    }

    @Test
    void settingsThatMakeNoSenseStopTheFunctionAtItsStart() {
        assertTrue(assertThrows(InvalidInputException.class, () -> checks(Map.of("CERTTIDE_WARN_DAYS", "soon")))
                .getMessage()
                .startsWith("CERTTIDE_WARN_DAYS: must be a number of days"));
        var message = assertThrows(
                        IllegalStateException.class,
                        () -> checks(Map.of("CERTTIDE_WARN_DAYS", "30", "CERTTIDE_CRITICAL_DAYS", "45")))
                .getMessage();
        assertTrue(
                message.startsWith("CERTTIDE_WARN_DAYS and CERTTIDE_CRITICAL_DAYS: critical: begins 45 days"), message);
    }

    private static Checked check(Map<String, String> settings, Due due) {
        return checks(settings)
                .of(
                        List.of(due),
                        _ -> List.of(),
                        System.nanoTime() + Duration.ofMinutes(1).toNanos())
                .checked()
                .getFirst();
    }

    private static Checks checks(Map<String, String> settings) {
        var environment = new HashMap<>(LOCAL);
        environment.putAll(settings);
        InstantSource clock = Instant::now;
        var kit = FunctionKit.of(environment, clock);
        var politeness = CheckerSettings.politeness(kit.environment());
        var roots = new TrustedRoots(kit.environment(), new AnchorFile(Path.of("/nowhere")));
        var checker = CheckerSettings.checker(kit, roots, EvidenceSource.NONE, politeness);
        return new Checks(checker, politeness, clock);
    }
}
