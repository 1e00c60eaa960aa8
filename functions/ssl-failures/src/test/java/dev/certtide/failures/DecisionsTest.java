package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.PAGER;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Status;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of trouble that comes, changes and goes, and when it is told again. */
class DecisionsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARNING | opened:warning",
                "CRITICAL | opened:critical",
                "UNREACHABLE | opened:unreachable",
                "WARNING WARNING | opened:warning -",
                "WARNING CRITICAL | opened:warning changed:critical",
                "WARNING CRITICAL WARNING | opened:warning changed:critical -",
                "CRITICAL WARNING | opened:critical -",
                "CRITICAL WARNING CRITICAL | opened:critical - -",
                "UNREACHABLE CRITICAL | opened:unreachable changed:critical",
                "CRITICAL UNREACHABLE | opened:critical changed:unreachable",
                "CRITICAL UNREACHABLE CRITICAL UNREACHABLE | opened:critical changed:unreachable - -",
                "UNREACHABLE WARNING | opened:unreachable -",
                "WARNING UNREACHABLE CRITICAL | opened:warning changed:unreachable changed:critical",
                "WARNING OK | opened:warning recovered:ok",
                "WARNING CRITICAL OK | opened:warning changed:critical recovered:ok",
                "WARNING OK OK | opened:warning recovered:ok -",
                "WARNING OK WARNING OK | opened:warning recovered:ok opened:warning recovered:ok",
                "CRITICAL OK WARNING | opened:critical recovered:ok opened:warning",
                "WARNING CRITICAL EXPIRED OK | opened:warning changed:critical changed:critical recovered:ok",
                "CRITICAL EXPIRED EXPIRED | opened:critical changed:critical -",
                "EXPIRED CRITICAL EXPIRED | opened:critical - -",
                "CRITICAL UNREACHABLE EXPIRED | opened:critical changed:unreachable changed:critical",
                "CRITICAL EXPIRED UNREACHABLE EXPIRED | opened:critical changed:critical changed:unreachable -",
                "EXPIRED WARNING CRITICAL EXPIRED | opened:critical - - -",
                "EXPIRED OK EXPIRED | opened:critical recovered:ok opened:critical",
            })
    void anOwnerHearsOfEachLevelOnceAndOfTheEnd(String statuses, String expected) {
        var play = new Play(Policy.NONE, MAIL);
        var heard = Arrays.stream(statuses.split(" "))
                .map(status -> {
                    var told = status.equals("EXPIRED") ? play.expire() : play.see(Status.valueOf(status));
                    play.pass(DAY);
                    return told;
                })
                .collect(Collectors.joining(" "));
        assertEquals(expected, heard);
    }

    @Test
    void eachChannelIsToldForItselfAndOneThatIsNamedTwiceOnce() {
        var play = new Play(Policy.NONE, MAIL, HOOK, MAIL);
        assertEquals("opened:critical@email:jane@example.com opened:critical@" + HOOK.id(), play.see(CRITICAL));
        assertEquals("-", play.look());
    }

    @Test
    void whatComesBackWithinAnHourIsTheSameIncidentAndIsToldOnceItHasLasted() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(CRITICAL);
        var first = play.incident().id();
        play.pass(HOUR);
        assertEquals("recovered:ok", play.see(OK));
        play.pass(Duration.ofMinutes(59));

        assertEquals("held(flapping)", play.see(CRITICAL));
        assertEquals(first, play.incident().id());
        assertEquals("", play.pass(Duration.ofMinutes(59)));
        assertEquals("opened:critical", play.pass(Duration.ofMinutes(1)));
        assertEquals("recovered:ok", play.see(OK));
    }

    @Test
    void flappingIsToldOnce() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(CRITICAL);
        play.see(OK);
        for (int i = 0; i < 10; i++) {
            play.pass(Duration.ofMinutes(10));
            var again = play.see(CRITICAL);
            assertTrue(again.equals("held(flapping)") || again.equals("-"), again);
            play.pass(Duration.ofMinutes(10));
            assertEquals("-", play.see(OK));
        }
    }

    @Test
    void whatComesBackLaterIsAnotherIncident() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(CRITICAL);
        var first = play.incident().id();
        play.see(OK);
        play.pass(HOUR);
        assertEquals("opened:critical", play.see(CRITICAL));
        assertNotEquals(first, play.incident().id());
    }

    @Test
    void anOwnerIsRemindedUntilItIsOver() {
        var play = new Play(Policies.reminders("4d"), MAIL);
        play.see(WARNING);
        assertEquals("", play.pass(Duration.ofDays(4).minusMinutes(1)));
        assertEquals("reminder:warning", play.pass(Duration.ofMinutes(1)));
        assertEquals("reminder:warning", play.pass(Duration.ofDays(4)));
        assertEquals("changed:critical", play.see(CRITICAL));
        assertEquals("reminder:critical; reminder:critical", play.pass(Duration.ofDays(8)));
        assertEquals("recovered:ok", play.see(OK));
        assertEquals("", play.pass(Duration.ofDays(30)));
    }

    @Test
    void whoAcknowledgesIsNotRemindedButHearsWhenItGetsWorseAndWhenItIsOver() {
        var play = new Play(Policies.reminders("4d"), MAIL);
        play.see(WARNING);
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        assertEquals("", play.pass(Duration.ofDays(30)));
        assertEquals("changed:critical", play.see(CRITICAL));
        assertEquals("reminder:critical", play.pass(Duration.ofDays(4)));
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        assertEquals("recovered:ok", play.see(OK));
    }

    @Test
    void aSnoozeEndsWithAReminder() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(WARNING);
        play.answer(Answer.Kind.SNOOZED, Optional.of(play.now().plus(DAY)));
        assertEquals("", play.pass(DAY.minusMinutes(1)));
        assertEquals("reminder:warning", play.pass(Duration.ofMinutes(1)));
        assertEquals("", play.pass(Duration.ofDays(30)));
    }

    @Test
    void aSnoozeIsBrokenByWhatIsWorse() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(WARNING);
        play.answer(Answer.Kind.SNOOZED, Optional.of(play.now().plus(DAY)));
        assertEquals("changed:critical", play.see(CRITICAL));
    }

    @Test
    void whatEndsDuringASnoozeIsToldAndNotRemindedOf() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(WARNING);
        play.answer(Answer.Kind.SNOOZED, Optional.of(play.now().plus(DAY)));
        assertEquals("recovered:ok", play.see(OK));
        assertEquals("", play.pass(Duration.ofDays(3)));
    }

    @Test
    void whatNobodyAcknowledgesIsToldToOthersToo() {
        var play = new Play(Policies.escalation("4h", HOOK), MAIL);
        play.see(CRITICAL);
        assertEquals("escalated:critical@" + HOOK.id(), play.pass(Duration.ofHours(4)));
        assertEquals("", play.pass(Duration.ofDays(3)));
        assertEquals("recovered:ok recovered:ok@" + HOOK.id(), play.see(OK));
    }

    @Test
    void whatIsAcknowledgedInTimeIsToldToNobodyElse() {
        var play = new Play(Policies.escalation("4h", HOOK), MAIL);
        play.see(CRITICAL);
        play.pass(Duration.ofHours(3));
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        assertEquals("", play.pass(Duration.ofDays(3)));
        assertEquals("recovered:ok", play.see(OK));
    }

    @Test
    void whatAPersonCallsResolvedIsToldAsOverAndBeginsAgainIfItIsSeenAgain() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(CRITICAL);
        assertEquals("recovered:ok", play.answer(Answer.Kind.RESOLVED, Optional.empty()));
        play.pass(DAY);
        assertEquals("opened:critical", play.see(CRITICAL));
    }

    /** The channel of the escalation may be one of the watch's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4h | 5h | escalated:warning",
                "4h | 4h | escalated:warning",
                "5h | 4h | reminder:warning; escalated:warning",
            })
    void atOneInstantAChannelIsToldOneThing(String escalation, String reminders, String expected) {
        var policy = Policies.escalation(escalation, MAIL).over(Policies.reminders(reminders));
        var play = new Play(policy, MAIL);
        play.see(WARNING);
        assertEquals(expected, play.pass(HOUR.multipliedBy(5)));
        assertEquals("changed:critical", play.see(CRITICAL));
        assertEquals("-", play.look());
    }

    @Test
    void aReminderThatIsDueWhenItGetsWorseIsNotToldWithIt() {
        var play = new Play(Policies.reminders("4h"), MAIL);
        play.see(WARNING);
        play.wait(Duration.ofHours(4));
        assertEquals("changed:critical", play.see(CRITICAL));
        assertEquals("", play.pass(Duration.ofHours(4).minusMinutes(1)));
        assertEquals("reminder:critical", play.pass(Duration.ofMinutes(1)));
    }

    /** It begins at 14:00 in Berlin, and is told at 8 in the morning. */
    @Test
    void whatASummaryIsStillToTellIsNotToldToOthersBefore() {
        var play = new Play(Policies.digest("08:00", WARNING).over(Policies.escalation("4h", HOOK)), MAIL);
        assertEquals("gathered(digest)", play.see(WARNING));
        assertEquals("", play.pass(Duration.ofHours(21)));
        assertEquals("escalated:warning@" + HOOK.id(), play.pass(HOUR));
    }

    @Test
    void aPagerIsToldOnceThatSomebodyIsAtIt() {
        var play = new Play(Policy.NONE, PAGER);
        play.see(WARNING);
        assertEquals("acknowledged:warning", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
        assertEquals("-", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
        play.pass(HOUR);
        assertEquals("changed:critical", play.see(CRITICAL));
        play.pass(HOUR);
        assertEquals("acknowledged:critical", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
        assertEquals("recovered:ok", play.see(OK));
    }

    @Test
    void aSnoozeKeepsAPagerQuietUntilItsEnd() {
        var play = new Play(Policy.NONE, PAGER);
        play.see(WARNING);
        play.pass(HOUR);
        assertEquals(
                "acknowledged:warning",
                play.answer(Answer.Kind.SNOOZED, Optional.of(play.now().plus(DAY))));
        assertEquals("reminder:warning", play.pass(DAY));
        assertEquals("acknowledged:warning", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
    }

    @Test
    void onlyPagersThatWereToldOfItHearThatSomebodyIsAtIt() {
        var play = new Play(Policies.levels(Map.of("pagerduty", CRITICAL)), MAIL, PAGER);
        play.see(WARNING);
        assertEquals("-", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
    }

    @Test
    void whatIsAcknowledgedInQuietHoursSilencesThePagerAtOnce() {
        var play = new Play(Policies.quietHours("14:30", "18:00", Optional.empty()), PAGER);
        play.see(CRITICAL);
        play.pass(HOUR);
        assertEquals("acknowledged:critical", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
    }
}
