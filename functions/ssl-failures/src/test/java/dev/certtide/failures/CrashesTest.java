package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The function dies when a message is on its way and nothing says so yet. */
class CrashesTest {
    private final DeployedFailures failures = new DeployedFailures();

    @Test
    void whatMayBeToldIsNotSummedUpBecauseThereIsMuchToTellMeanwhile() {
        var targets = DeployedFailures.targets(20);
        failures.watch(watch(JANE, MAIL));
        failures.dieAfter("SendMessageBatch", () -> failures.result(result(Status.CRITICAL, 1)));
        for (var target : targets) {
            failures.watch(new Watch(target, JANE, false, Optional.empty(), List.of(), List.of(MAIL), Samples.START));
            failures.result(of(target, result(Status.CRITICAL, 1)));
        }

        failures.result(result(Status.CRITICAL, 1));
        failures.pass(Duration.ofHours(1));

        assertEquals(1, tellings().filter("opened shop.example"::equals).count());
    }

    @Test
    void theEndIsToldOfWhatMayHaveBeenTold() {
        failures.watch(watch(JANE, MAIL));
        failures.dieAfter("SendMessageBatch", () -> failures.result(result(Status.CRITICAL, 1)));
        failures.result(result(Status.OK, 2));
        failures.result(result(Status.CRITICAL, 1));

        assertEquals(
                List.of("opened shop.example", "recovered shop.example"),
                tellings().toList());
    }

    @Test
    void whatComesTooLateForItsSummaryIsInTheNext() {
        failures.policy(JANE, Policies.digest("08:00", Status.CRITICAL));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.pass(Duration.ofDays(1));
        assertEquals(List.of("summary:warning shop.example"), failures.told());
        var cause = Cause.of(Samples.SHOP).id();
        var incident = failures.incidents().find(JANE, cause).orElseThrow();
        var time = failures.incidents().decisions(JANE, cause, incident.id()).stream()
                .flatMap(decision -> decision.until().stream())
                .findFirst()
                .orElseThrow();
        var died = new Decision(
                0,
                "critical",
                Notification.Kind.CHANGED,
                Status.CRITICAL,
                MAIL,
                Decision.Outcome.GATHERED,
                "digest",
                time.minusSeconds(30),
                Optional.of(time));
        assertTrue(failures.incidents().intend(incident, died));

        failures.result(result(Status.CRITICAL, 24 * 60));
        failures.pass(Duration.ofMinutes(10));

        assertEquals(List.of("summary:critical shop.example"), failures.told());
    }

    @Test
    void aSummaryThatIsToldAgainSaysTheSame() {
        failures.policy(JANE, Policies.digest("08:00", Status.CRITICAL));
        for (var target : DeployedFailures.targets(3)) {
            failures.watch(new Watch(target, JANE, false, Optional.empty(), List.of(), List.of(MAIL), Samples.START));
            failures.result(of(target, result(Status.CRITICAL, 1)));
        }
        var timer = failures.timers().getFirst();

        failures.dieAfter("DeleteItem", () -> failures.pass(Duration.ofDays(1)));
        failures.goOff(timer);

        var told = failures.notifications();
        assertEquals(3, told.getFirst().lines().size());
        assertEquals(List.of(told.getFirst(), told.getFirst()), told);
        failures.goOff(timer);
        assertEquals(List.of(), failures.notifications(), "all of it is done");
    }

    @Test
    void aSummaryTellsNothingThatIsOverForAllItWasToldAtOnce() {
        failures.policy(JANE, Policies.digest("08:00", Status.CRITICAL));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.CRITICAL, 1));
        failures.result(result(Status.UNREACHABLE, 2));
        failures.result(result(Status.UNREACHABLE, 3));
        failures.result(result(Status.UNREACHABLE, 4));
        failures.result(result(Status.OK, 5));
        assertEquals(List.of("opened:unreachable shop.example", "recovered:ok shop.example"), failures.told());

        failures.pass(Duration.ofDays(2));

        assertEquals(List.of(), failures.told());
    }

    /** What reached its receiver, who passes over what it has, as {@code kind host}. */
    private Stream<String> tellings() {
        return failures.notifications().stream()
                .collect(Collectors.toMap(Notification::key, told -> told, (one, _) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .flatMap(CrashesTest::lines);
    }

    private static Stream<String> lines(Notification told) {
        return told.lines().isEmpty()
                ? Stream.of(told.kind().word() + " " + told.target().host())
                : told.lines().stream()
                        .map(line -> line.kind().word() + " " + line.target().host());
    }

    private static CheckResult of(Target target, CheckResult sample) {
        return new CheckResult(target, sample.checkedAt(), sample.verdict(), sample.addresses());
    }
}
