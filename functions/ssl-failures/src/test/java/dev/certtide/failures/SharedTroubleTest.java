package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One intermediate certificate behind many hosts. */
class SharedTroubleTest {
    private final DeployedFailures failures = new DeployedFailures();
    private final CertificateReport intermediate = Samples.leaf(Duration.ofDays(9));

    @Test
    void isToldOnceForAllHostsAndItsEndAfterTheLast() {
        var targets = DeployedFailures.targets(500);
        targets.forEach(target -> failures.watch(watch(target)));
        for (var target : targets) {
            failures.result(result(target, 1, true));
        }
        assertEquals(List.of("opened:warning host0000.example"), failures.told());

        for (var target : targets.subList(0, 499)) {
            failures.result(result(target, 2, false));
        }
        assertEquals(List.of(), failures.told());
        failures.result(result(targets.getLast(), 2, false));
        assertEquals(List.of("recovered:ok host0000.example"), failures.told());
        assertEquals(List.of(), failures.incidents().open(JANE));
    }

    @Test
    void namesTheOtherHostsAsFarAsThereIsRoom() {
        failures.policy(JANE, Policies.quietHours("13:00", "15:00", Optional.empty()));
        var targets = DeployedFailures.targets(30);
        targets.forEach(target -> failures.watch(watch(target)));
        targets.forEach(target -> failures.result(result(target, 1, true)));
        assertEquals(List.of(), failures.told());

        failures.pass(Duration.ofHours(2));

        var told = failures.notifications();
        assertEquals(1, told.size());
        assertEquals(20, told.getFirst().others().size());
        assertEquals(9, told.getFirst().omittedOthers());
    }

    @Test
    void aReminderIsAboutAHostThatHasTheTroubleStill() {
        failures.policy(JANE, Policies.reminders("4h"));
        var targets = DeployedFailures.targets(3);
        targets.forEach(target -> failures.watch(watch(target)));
        targets.forEach(target -> failures.result(result(target, 1, true)));
        failures.result(result(targets.getFirst(), 2, false));
        failures.told();

        failures.pass(Duration.ofHours(4));

        var reminder = failures.notifications().getFirst();
        assertEquals(targets.get(1), reminder.target());
        assertEquals(List.of(targets.get(2)), reminder.others());
        assertEquals(Optional.empty(), reminder.leaf());
    }

    @Test
    void itsEndShowsNoCertificateOfWhicheverHostWasTheLast() {
        var target = DeployedFailures.targets(1).getFirst();
        failures.watch(watch(target));
        failures.result(result(target, 1, true));
        failures.result(result(target, 2, false));

        assertEquals(Optional.empty(), failures.notifications().getLast().leaf());
    }

    /** As of an agency, each of whose clients has an address of its own. */
    @Test
    void whereThereAreMoreChannelsThanAnIncidentHasEachIsToldAllTheSame() {
        var targets = DeployedFailures.targets(50);
        targets.forEach(target -> failures.watch(watch(target, clientOf(target))));

        targets.forEach(target -> failures.result(result(target, 1, true)));
        targets.forEach(target -> failures.result(result(target, 2, true)));
        assertEquals(toldOnce(targets, "opened"), told());

        targets.forEach(target -> failures.result(result(target, 3, false)));
        assertEquals(toldOnce(targets, "recovered"), told());
        assertEquals(List.of(), failures.incidents().open(JANE));
    }

    @Test
    void whoHasTroubleByItselfKeepsItWhenThereIsRoom() {
        var targets = DeployedFailures.targets(11);
        targets.forEach(target -> failures.watch(watch(target, clientOf(target))));
        targets.forEach(target -> failures.result(result(target, 1, true)));
        targets.subList(0, 10).forEach(target -> failures.result(result(target, 2, false)));
        told();

        failures.result(result(targets.getLast(), 3, true));

        assertEquals(List.of(), told());
    }

    @Test
    void ofManyWhoJoinAtTheSameTimeEachIsTold() throws Exception {
        var targets = DeployedFailures.targets(40);
        targets.forEach(target -> failures.begin(watch(target, clientOf(target))));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var target : targets) {
                threads.submit(() -> failures.result(result(target, 1, true)));
            }
        }

        assertEquals(toldOnce(targets, "opened"), told().stream().distinct().toList());
    }

    private static Channel clientOf(Target target) {
        return new Channel.Email("admin@" + target.host());
    }

    private static List<String> toldOnce(List<Target> targets, String kind) {
        return targets.stream()
                .map(target -> kind + " " + clientOf(target).id())
                .sorted()
                .toList();
    }

    private List<String> told() {
        return failures.notifications().stream()
                .map(told -> told.kind().word() + " " + told.channel().id())
                .sorted()
                .toList();
    }

    @Test
    void aHostThatIsTakenOffTheListTakesItsPartWithIt() {
        var target = DeployedFailures.targets(1).getFirst();
        failures.watch(watch(target));
        failures.result(result(target, 1, true));
        failures.told();

        failures.watch(Samples.paused(watch(target)));

        assertEquals(List.of(), failures.incidents().open(JANE));
        assertEquals(List.of(), failures.told(), "it is not over");
    }

    private static Watch watch(Target target) {
        return watch(target, MAIL);
    }

    private static Watch watch(Target target, Channel channel) {
        return new Watch(target, JANE, false, Optional.empty(), List.of(), List.of(channel), Samples.START);
    }

    private CheckResult result(Target target, int minute, boolean isEnding) {
        var findings = isEnding
                ? List.of(new Finding(FindingCode.INTERMEDIATE_EXPIRING, Status.WARNING, "It ends.", List.of()))
                : List.<Finding>of();
        var address = Sights.address(Samples.leaf(Duration.ofDays(80)), intermediate);
        return new CheckResult(
                target,
                Samples.minute(minute),
                new Verdict(isEnding ? Status.WARNING : Status.OK, findings),
                List.of(address));
    }
}
