package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.PAGER;
import static dev.certtide.failures.Samples.START;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps from telling. It begins at 13:00 UTC, 14:00 in Berlin. */
class RulesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void whoPausedHearsNothing() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(WARNING);
        play.pause();
        assertEquals("silent(not-watched)", play.see(CRITICAL));
        assertEquals("silent(not-watched)", play.see(OK));
    }

    /** Nobody else would end what is open there. */
    @Test
    void aPagerOfWhoPausedIsToldTheEndThoughItIsQuietAndTheChannelIsMarked() {
        var play = new Play(Policies.quietHours("18:00", "08:00", Optional.empty()), PAGER, MAIL);
        play.see(WARNING);
        play.pass(HOUR.multipliedBy(6));
        play.pause();
        play.breakChannel(PAGER);
        assertEquals("recovered:ok@pagerduty:on-call silent(not-watched)@" + MAIL.id(), play.see(OK));
        assertEquals("", play.pass(HOUR.multipliedBy(24)));
    }

    @Test
    void aPagerThatWasToldNothingHasNothingToEnd() {
        var play = new Play(Policies.levels(Map.of("pagerduty", CRITICAL)), PAGER);
        play.see(WARNING);
        play.pause();
        assertEquals("-", play.see(OK));
    }

    @Test
    void aChannelHearsOnlyOfItsLeastLevelAndWorse() {
        var play = new Play(Policies.levels(Map.of("webhook", CRITICAL)), MAIL, HOOK);
        assertEquals("opened:warning@email:jane@example.com silent(below-level)@" + HOOK.id(), play.see(WARNING));
        assertEquals("changed:critical@email:jane@example.com opened:critical@" + HOOK.id(), play.see(CRITICAL));
    }

    @Test
    void theLevelOfAChannelComesBeforeThatOfItsType() {
        var levels = Map.of("email", CRITICAL, MAIL.id(), WARNING);
        assertEquals("opened:warning", new Play(Policies.levels(levels), MAIL).see(WARNING));
    }

    @Test
    void whoWasNotToldOfTheTroubleIsNotToldOfItsEnd() {
        var play = new Play(Policies.levels(Map.of("email", CRITICAL)), MAIL);
        play.see(WARNING);
        assertEquals("-", play.see(OK));
    }

    @Test
    void whatComesInQuietHoursIsToldAtTheirEndIfItIsStillTrue() {
        var play = new Play(Policies.quietHours("12:00", "18:00", Optional.empty()), MAIL);
        assertEquals("held(quiet-hours)", play.see(CRITICAL));
        assertEquals("", play.pass(HOUR.multipliedBy(4).minusMinutes(1)));
        assertEquals("opened:critical", play.pass(Duration.ofMinutes(1)));
    }

    @Test
    void whatIsOverBeforeTheQuietHoursAreIsNotTold() {
        var play = new Play(Policies.quietHours("12:00", "18:00", Optional.empty()), MAIL);
        play.see(CRITICAL);
        assertEquals("-", play.see(OK));
        assertEquals("", play.pass(HOUR.multipliedBy(24)));
    }

    @Test
    void theEndWaitsForTheMorningToo() {
        var play = new Play(Policies.quietHours("18:00", "08:00", Optional.empty()), MAIL);
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(6));
        assertEquals("held(quiet-hours)", play.see(OK));
        assertEquals("recovered:ok", play.pass(HOUR.multipliedBy(12)));
    }

    /** The owner was told of trouble, and not of its end: to them it never ended. */
    @Test
    void whatBeginsAgainBeforeItsEndWasToldIsNoNews() {
        var play = new Play(Policies.quietHours("18:00", "08:00", Optional.empty()), MAIL);
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(6));
        play.see(OK);
        play.pass(HOUR.multipliedBy(3));
        assertEquals("-", play.see(CRITICAL));
        assertEquals("", play.pass(HOUR.multipliedBy(12)));
        assertEquals("recovered:ok", play.see(OK));
    }

    @Test
    void quietHoursMayLetTheWorstPass() {
        var policy = Policies.quietHours("12:00", "18:00", Optional.of(CRITICAL));
        assertEquals("held(quiet-hours)", new Play(policy, MAIL).see(WARNING));
        assertEquals("opened:critical", new Play(policy, MAIL).see(CRITICAL));
        assertEquals("opened:unreachable", new Play(policy, MAIL).see(Status.UNREACHABLE));
    }

    @Test
    void duringMaintenanceNothingIsToldAndAtItsEndWhatRemains() {
        var policy = Policies.maintenance(START, START.plus(HOUR.multipliedBy(2)));
        var lasting = new Play(policy, MAIL);
        assertEquals("held(maintenance)", lasting.see(CRITICAL));
        assertEquals("opened:critical", lasting.pass(HOUR.multipliedBy(2)));
        var passing = new Play(policy, MAIL);
        passing.see(CRITICAL);
        passing.pass(HOUR);
        passing.see(OK);
        assertEquals("", passing.pass(HOUR.multipliedBy(2)));
    }

    @Test
    void aReminderWaitsForTheEndOfTheQuietHoursAndComesOnce() {
        var policy = Policies.quietHours("22:00", "07:00", Optional.empty()).over(Policies.reminders("12h"));
        var play = new Play(policy, MAIL);
        play.see(WARNING);
        assertEquals("held(quiet-hours); reminder:warning", play.pass(HOUR.multipliedBy(20)));
    }

    @Test
    void aBrokenChannelIsNotUsed() {
        var play = new Play(Policy.NONE, MAIL, HOOK);
        play.breakChannel(HOOK);
        assertEquals("opened:critical@email:jane@example.com held(broken-channel)@" + HOOK.id(), play.see(CRITICAL));
        play.mend(HOOK);
        assertEquals("opened:critical@" + HOOK.id(), play.pass(HOUR.multipliedBy(6)), "it is tried again later");
    }

    /** Its certificate is renewed before the channel works again: who was told of the trouble is told of the end, late. */
    @Test
    void aChannelThatBrokeMeanwhileIsToldTheEndLater() {
        var play = new Play(Policy.NONE, MAIL, HOOK);
        play.see(CRITICAL);
        play.breakChannel(HOOK);
        assertEquals("recovered:ok@email:jane@example.com held(broken-channel)@" + HOOK.id(), play.see(OK));
        play.mend(HOOK);
        assertEquals("recovered:ok@" + HOOK.id(), play.pass(HOUR.multipliedBy(6)));
    }

    @Test
    void aBrokenChannelIsTriedIfNobodyElseWouldHearOfIt() {
        var play = new Play(Policies.levels(Map.of("webhook", CRITICAL)), MAIL, HOOK);
        play.breakChannel(MAIL);
        assertEquals("opened:warning@email:jane@example.com silent(below-level)@" + HOOK.id(), play.see(WARNING));
        assertEquals("held(broken-channel)@email:jane@example.com opened:critical@" + HOOK.id(), play.see(CRITICAL));
    }

    @Test
    void theOnlyChannelIsTriedThoughItIsBroken() {
        var play = new Play(Policy.NONE, MAIL);
        play.breakChannel(MAIL);
        assertEquals("opened:critical", play.see(CRITICAL));
    }

    @Test
    void aDigestGathersWhatIsMildAndItsEnd() {
        var play = new Play(Policies.digest("08:00", WARNING), MAIL);
        assertEquals("gathered(digest)", play.see(WARNING));
        assertEquals("gathered(digest)", play.see(OK));
    }

    @Test
    void whatIsWorseThanTheDigestIsToldAtOnceAndItsEndToo() {
        var play = new Play(Policies.digest("08:00", WARNING), MAIL);
        assertEquals("gathered(digest)", play.see(WARNING));
        assertEquals("opened:critical", play.see(CRITICAL));
        assertEquals("recovered:ok", play.see(OK));
    }

    @Test
    void aDigestIsForPeopleAndProgramsGetEachMessageAsItComes() {
        var play = new Play(Policies.digest("08:00", CRITICAL), HOOK, PAGER, MAIL);
        assertEquals(
                "opened:critical@%s opened:critical@%s gathered(digest)@%s".formatted(HOOK.id(), PAGER.id(), MAIL.id()),
                play.see(CRITICAL));
        assertEquals(
                "recovered:ok@%s recovered:ok@%s gathered(digest)@%s".formatted(HOOK.id(), PAGER.id(), MAIL.id()),
                play.see(OK));
    }

    @Test
    void whatBeginsDuringASnoozeOfAnotherLevelIsHeld() {
        var play = new Play(Policies.quietHours("12:00", "18:00", Optional.empty()), MAIL);
        play.see(WARNING);
        play.answer(Answer.Kind.SNOOZED, Optional.of(START.plus(HOUR.multipliedBy(10))));
        assertEquals("opened:warning", play.pass(HOUR.multipliedBy(10)));
    }

    @Test
    void whatIsAcknowledgedBeforeItWasToldIsNotTold() {
        var play = new Play(Policies.quietHours("12:00", "18:00", Optional.empty()), MAIL);
        play.see(WARNING);
        assertEquals("silent(acknowledged)", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
        assertEquals("", play.pass(HOUR.multipliedBy(10)));
    }
}
