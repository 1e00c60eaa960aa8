package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.PAGER;
import static dev.certtide.failures.Samples.SHOP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummariesTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final DeployedFailures failures = new DeployedFailures();

    @Test
    void tenThousandTargetsThatFailAtOnceAreTenMessagesAndOneSummary() {
        var targets = DeployedFailures.targets(10_000);
        targets.forEach(target -> failures.begin(watch(target, MAIL)));
        for (int i = 0; i < targets.size(); i += 100) {
            failures.result(targets.subList(i, i + 100).stream()
                    .map(target -> result(target, Status.CRITICAL, 1))
                    .toArray(CheckResult[]::new));
        }
        assertEquals(10, failures.notifications().size());

        failures.pass(Duration.ofMinutes(15));

        var told = failures.notifications();
        assertEquals(1, told.size());
        assertEquals(Kind.SUMMARY, told.getFirst().kind());
        assertEquals(Status.CRITICAL, told.getFirst().status());
        assertEquals(50, told.getFirst().lines().size());
        assertEquals(9_940, told.getFirst().omittedLines());
        failures.pass(DAY);
        assertEquals(List.of(), failures.told(), "nothing is told again");
    }

    /** Of a summary they could not tell which alert it ends. */
    @Test
    void programsGetEveryMessageWhateverTheOwnerWantsSummedUp() {
        failures.policy(JANE, Policies.mostAtOnce(3).over(Policies.digest("08:00", Status.WARNING)));
        for (var target : DeployedFailures.targets(30)) {
            failures.watch(watch(target, HOOK, PAGER));
            failures.result(result(target, Status.CRITICAL, 1));
            failures.result(result(target, Status.OK, 2));
        }
        assertEquals(120, failures.notifications().size());
        failures.pass(DAY);
        assertEquals(List.of(), failures.told());
    }

    @Test
    void aStormThatGoesOnIsOneSummaryEveryTenMinutes() {
        for (var target : DeployedFailures.targets(60)) {
            failures.watch(watch(target, MAIL));
            failures.result(result(target, Status.CRITICAL, 1));
            failures.pass(Duration.ofSeconds(30));
        }
        failures.pass(Duration.ofHours(1));

        var told = failures.notifications();
        assertEquals(10, told.stream().filter(one -> one.kind() == Kind.OPENED).count());
        assertEquals(3, told.stream().filter(one -> one.kind() == Kind.SUMMARY).count());
        assertEquals(50, told.stream().mapToInt(one -> one.lines().size()).sum(), "each host once");
    }

    @Test
    void aSummaryWaitsForTheEndOfQuietHoursThatBeginBeforeItsTime() {
        failures.policy(JANE, Policies.quietHours("14:10", "06:00", Optional.empty()));
        for (var target : DeployedFailures.targets(12)) {
            failures.watch(watch(target, MAIL));
            failures.result(result(target, Status.CRITICAL, 1));
        }
        assertEquals(10, failures.notifications().size());
        failures.pass(Duration.ofHours(15));
        assertEquals(List.of(), failures.told());

        failures.pass(Duration.ofHours(1));

        assertEquals(2, failures.notifications().getFirst().lines().size());
    }

    @Test
    void aDigestComesAtItsHourAndTellsHowItEnded() {
        failures.policy(JANE, Policies.digest("08:00", Status.WARNING));
        failures.watch(watch(SHOP, MAIL));
        var other = DeployedFailures.targets(1).getFirst();
        failures.watch(watch(other, MAIL));
        failures.result(result(SHOP, Status.WARNING, 1));
        failures.result(result(other, Status.WARNING, 1));
        failures.result(result(SHOP, Status.OK, 2));
        assertEquals(List.of(), failures.told());

        failures.pass(DAY);

        var told = failures.notifications();
        assertEquals(1, told.size());
        assertEquals(
                List.of("opened:warning host0000.example", "recovered:ok shop.example"),
                told.getFirst().lines().stream()
                        .map(line -> line.kind().word() + ":" + line.status().word() + " "
                                + line.target().host())
                        .toList());
        assertEquals(
                List.of("the certificate is about to expire", "the certificate is about to expire"),
                told.getFirst().lines().stream()
                        .map(Notification.Line::headline)
                        .toList(),
                "in the words of a message of its own");
        failures.pass(DAY.multipliedBy(3));
        assertEquals(List.of(), failures.told());
    }

    /** As an alert it would end with nothing. */
    @Test
    void aSummaryComesToAPagerLast() {
        var boss = new Channel.Email("boss@example.com");
        failures.policy(
                JANE,
                Policies.digest("08:00", Status.WARNING)
                        .over(Policies.levels(Map.of("pagerduty", Status.CRITICAL)))
                        .over(Policies.escalation("7d", boss)));
        failures.watch(watch(SHOP, MAIL, PAGER));
        failures.result(result(SHOP, Status.WARNING, 1));

        failures.pass(DAY);

        assertEquals(List.of(boss, PAGER), failures.notifications().getFirst().fallbacks());
    }

    @Test
    void aDigestTellsNothingOfWhatNobodyWatchesAnyMore() {
        failures.policy(JANE, Policies.digest("08:00", Status.WARNING));
        failures.watch(watch(SHOP, MAIL));
        failures.result(result(SHOP, Status.WARNING, 1));
        failures.watch(Samples.paused(watch(SHOP, MAIL)));

        failures.pass(DAY);

        assertEquals(List.of(), failures.told());
    }

    private static Watch watch(Target target, Channel... channels) {
        return new Watch(target, JANE, false, Optional.empty(), List.of(), List.of(channels), Samples.START);
    }

    private static CheckResult result(Target target, Status status, int minute) {
        var sample = Samples.result(status, minute);
        return new CheckResult(target, sample.checkedAt(), sample.verdict(), sample.addresses());
    }
}
