package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.START;
import static dev.certtide.failures.Samples.paused;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import dev.certtide.model.incident.Cause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One settlement of a target does all of its work between two calls of another: whichever two, the later facts count. */
class OvertakenTest {
    private static final Watch ACTIVE = watch(JANE, MAIL);
    private static final Watch PAUSED = paused(ACTIVE);

    private DeployedFailures failures;

    @Test
    void whoStopsToWatchWhileTroubleBeginsIsNoMember() {
        everywhere(
                () -> failures.begin(ACTIVE),
                () -> failures.watch(PAUSED),
                () -> failures.result(result(Status.CRITICAL, 1)),
                this::assertOver);
    }

    @Test
    void whoStopsToWatchWhileTroubleGetsWorseIsNoMember() {
        everywhere(
                () -> {
                    failures.begin(ACTIVE);
                    failures.result(result(Status.WARNING, 1));
                },
                () -> failures.watch(PAUSED),
                () -> failures.result(result(Status.CRITICAL, 2)),
                this::assertOver);
    }

    @Test
    void whoComesBackWhileTheyAreLetGoIsAMember() {
        everywhere(
                () -> {
                    failures.begin(ACTIVE);
                    failures.result(result(Status.CRITICAL, 1));
                },
                () -> failures.watch(ACTIVE),
                () -> failures.watch(PAUSED),
                this::assertOpen);
    }

    @Test
    void troubleThatEndsWhileItGetsWorseIsOver() {
        everywhere(
                () -> {
                    failures.begin(ACTIVE);
                    failures.result(result(Status.WARNING, 1));
                },
                () -> failures.result(result(Status.OK, 3)),
                () -> failures.result(result(Status.CRITICAL, 2)),
                this::assertOver);
    }

    @Test
    void troubleThatComesBackWhileItEndsIsOpen() {
        everywhere(
                () -> {
                    failures.begin(ACTIVE);
                    failures.result(result(Status.WARNING, 1));
                },
                () -> failures.result(result(Status.CRITICAL, 3)),
                () -> failures.result(result(Status.OK, 2)),
                this::assertOpen);
    }

    /** Or else one channel would pass on to another what that is told itself. */
    @Test
    void whoFinishesWhatAnotherBeganSaysWhoElseIsTold() {
        everywhere(
                () -> failures.begin(watch(JANE, MAIL, HOOK)),
                () -> failures.result(result(Status.CRITICAL, 1)),
                () -> failures.result(result(Status.CRITICAL, 1)),
                () -> failures.notifications()
                        .forEach(told -> assertEquals(List.of(), told.fallbacks(), told::toString)));
    }

    @Test
    void whatTwoTellAtTheSameTimeCountsAsOneMessage() {
        var other = DeployedFailures.targets(1).getFirst();
        everywhere(
                () -> {
                    failures.policy(JANE, Policies.mostAtOnce(2));
                    failures.begin(watch(JANE, MAIL));
                    failures.begin(new Watch(other, JANE, false, Optional.empty(), List.of(), List.of(MAIL), START));
                },
                () -> failures.result(result(Status.CRITICAL, 1)),
                () -> failures.result(result(Status.CRITICAL, 1)),
                () -> {
                    var sample = result(Status.CRITICAL, 1);
                    failures.result(new CheckResult(other, sample.checkedAt(), sample.verdict(), sample.addresses()));
                    assertEquals(
                            Set.of(SHOP, other),
                            failures.notifications().stream()
                                    .map(Notification::target)
                                    .collect(Collectors.toSet()));
                });
    }

    /** Before each call in turn, until there is none left. */
    private void everywhere(Runnable before, Runnable others, Runnable work, Runnable then) {
        long call = 1;
        do {
            failures = new DeployedFailures();
            before.run();
            if (!failures.overtaken(call, others, work)) {
                break;
            }
            then.run();
            call++;
        } while (true);
        assertTrue(call > 10, "of so many calls");
    }

    private void assertOver() {
        assertEquals(List.of(), failures.incidents().open(JANE));
        assertEquals(Map.of(), failures.standings().causes(SHOP));
    }

    private void assertOpen() {
        assertEquals(1, failures.incidents().open(JANE).size());
        assertEquals(Map.of(JANE, Set.of(Cause.of(SHOP))), failures.standings().causes(SHOP));
    }
}
