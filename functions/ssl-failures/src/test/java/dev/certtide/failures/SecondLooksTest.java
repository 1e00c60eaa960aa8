package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.UNREACHABLE;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Verdict;
import dev.certtide.model.incident.Incident.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondLooksTest {
    private final DeployedFailures failures = new DeployedFailures();

    @BeforeEach
    void watched() {
        failures.watch(watch(JANE, MAIL));
        failures.told();
    }

    @Test
    void aHostIsCheckedAgainTwoMinutesLaterUntilItIsCertain() {
        failures.result(result(UNREACHABLE, 0));
        assertEquals(List.of(), failures.askedToCheck());
        failures.pass(Duration.ofMinutes(2));
        assertEquals(List.of(SHOP), failures.askedToCheck());
        failures.result(result(UNREACHABLE, 2));
        failures.pass(Duration.ofMinutes(2));
        assertEquals(List.of(SHOP), failures.askedToCheck());
        assertEquals(List.of(), failures.told());

        failures.result(result(UNREACHABLE, 4));

        assertEquals(List.of("opened:unreachable shop.example"), failures.told());
        failures.pass(Duration.ofHours(1));
        assertEquals(List.of(), failures.askedToCheck(), "it is certain");
    }

    @Test
    void aLostPacketIsToldToNobodyAndLeavesNoMark() {
        failures.result(result(UNREACHABLE, 0));
        assertEquals(true, failures.config().scheduled(List.of(SHOP)).getFirst().incident(), "the end must come here");
        failures.result(result(OK, 2));

        assertEquals(List.of(), failures.told());
        assertEquals(
                false, failures.config().scheduled(List.of(SHOP)).getFirst().incident());
        assertEquals(Optional.empty(), failures.incidents().find(JANE, "target:" + SHOP.id()));
    }

    @Test
    void aSplitFleetIsLookedAtAgainWhenItsGraceIsOver() {
        var split = new Verdict(
                WARNING, List.of(new Finding(FindingCode.SPLIT_FLEET, WARNING, "Two certificates.", List.of())));
        failures.result(new CheckResult(SHOP, Samples.minute(0), split, List.of()));
        assertEquals(List.of(), failures.told());
        failures.pass(Duration.ofHours(4));
        assertEquals(List.of(SHOP), failures.askedToCheck());

        failures.result(new CheckResult(SHOP, Samples.minute(240), split, List.of()));

        assertEquals(List.of("opened:warning shop.example"), failures.told());
    }

    @Test
    void aTargetThatIsNotOnTheScheduleYetIsCheckedAgainAllTheSame() {
        failures.config().unschedule(SHOP);
        failures.result(result(UNREACHABLE, 0));
        failures.pass(Duration.ofMinutes(2));

        assertEquals(List.of(SHOP), failures.askedToCheck());
    }

    @Test
    void whoPausesInTroubleHearsNothingMoreNotEvenOfItsEnd() {
        failures.result(result(WARNING, 0));
        assertEquals(List.of("opened:warning shop.example"), failures.told());

        failures.watch(Samples.paused(watch(JANE, MAIL)));

        assertEquals(List.of(), failures.told());
        assertEquals(List.of(), failures.incidents().open(JANE));
        failures.pass(Duration.ofDays(30));
        assertEquals(List.of(), failures.told());
    }

    @Test
    void anAnswerReachesTheIncident() {
        failures.policy(JANE, Policies.reminders("4d"));
        failures.result(result(WARNING, 0));
        failures.told();
        failures.answer(failures.incidents().open(JANE).getFirst(), Answer.Kind.ACKNOWLEDGED);
        failures.pass(Duration.ofDays(30));

        assertEquals(List.of(), failures.told());
        assertEquals(List.of(), failures.timers());
    }

    @Test
    void aReminderIsCancelledByTheRenewal() {
        failures.policy(JANE, Policies.reminders("4d"));
        failures.result(result(WARNING, 0));
        failures.pass(Duration.ofDays(4));
        assertEquals(List.of("opened:warning shop.example", "reminder:warning shop.example"), failures.told());
        failures.result(result(OK, 60 * 24 * 4));

        assertEquals(List.of("recovered:ok shop.example"), failures.told());
        assertEquals(List.of(), failures.timers());
    }
}
