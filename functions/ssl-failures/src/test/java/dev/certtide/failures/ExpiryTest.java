package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.PAGER;
import static dev.certtide.failures.Samples.START;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.UNREACHABLE;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That a certificate is about to expire is known; that it has is news. It begins at 13:00 UTC, 14:00 in Berlin. */
class ExpiryTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void whoAcknowledgedThatItWouldIsToldThatItHas() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(CRITICAL);
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        play.pass(DAY.multipliedBy(7));
        assertEquals("changed:critical", play.expire());
        assertEquals("-", play.look());
    }

    @Test
    void whoPutItOffIsToldAsOfAllThatGetsWorse() {
        var play = new Play(Policy.NONE, MAIL);
        play.see(CRITICAL);
        play.answer(Answer.Kind.SNOOZED, Optional.of(play.now().plus(DAY.multipliedBy(30))));
        play.pass(DAY.multipliedBy(7));
        assertEquals("changed:critical", play.expire());
    }

    @Test
    void whoAcknowledgedThatItHasIsNotToldAgainWhenTheServerComesBack() {
        var play = new Play(Policies.reminders("1d"), MAIL);
        play.see(CRITICAL);
        play.expire();
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        assertEquals("silent(acknowledged)", play.see(UNREACHABLE));
        assertEquals("-", play.expire());
        assertEquals("", play.pass(DAY.multipliedBy(3)), "and it is acknowledged still");
    }

    @Test
    void itWaitsForTheEndOfQuietHours() {
        var play = new Play(Policies.quietHours("18:00", "08:00", Optional.empty()), MAIL);
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(6));
        assertEquals("held(quiet-hours)", play.expire());
        assertEquals("changed:critical", play.pass(HOUR.multipliedBy(12)));
    }

    @Test
    void quietHoursThatLetCriticalPassLetItPass() {
        var play = new Play(Policies.quietHours("18:00", "08:00", Optional.of(CRITICAL)), MAIL);
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(6));
        assertEquals("changed:critical", play.expire());
    }

    @Test
    void itWaitsForTheEndOfMaintenance() {
        var play = new Play(Policies.maintenance(START.plus(HOUR), START.plus(HOUR.multipliedBy(3))), MAIL);
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(2));
        assertEquals("held(maintenance)", play.expire());
        assertEquals("changed:critical", play.pass(HOUR));
    }

    @Test
    void aChannelThatIsForWorseHearsNothingOfIt() {
        var play = new Play(Policies.levels(Map.of("webhook", UNREACHABLE)), MAIL, HOOK);
        play.see(CRITICAL);
        assertEquals("changed:critical@" + MAIL.id() + " silent(below-level)@" + HOOK.id(), play.expire());
    }

    @Test
    void aReminderThatIsDueThenIsNotToldWithIt() {
        var play = new Play(Policies.reminders("4h"), MAIL);
        play.see(CRITICAL);
        play.wait(HOUR.multipliedBy(4));
        assertEquals("changed:critical", play.expire());
        assertEquals("reminder:critical", play.pass(HOUR.multipliedBy(4)));
    }

    @Test
    void aPagerCallsAnew() {
        var play = new Play(Policy.NONE, PAGER);
        play.see(CRITICAL);
        play.pass(HOUR);
        assertEquals("acknowledged:critical", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
        play.pass(DAY);
        assertEquals("changed:critical", play.expire());
        play.pass(HOUR);
        assertEquals("acknowledged:critical", play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty()));
    }

    @Test
    void whatNobodyAcknowledgesThenIsToldToOthersOnce() {
        var play = new Play(Policies.escalation("4h", HOOK), MAIL);
        play.see(WARNING);
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        play.pass(DAY.multipliedBy(20));
        assertEquals("changed:critical", play.see(CRITICAL));
        assertEquals("escalated:critical@" + HOOK.id(), play.pass(DAY.multipliedBy(7)));
        assertEquals("changed:critical", play.expire());
        assertEquals("", play.pass(HOUR.multipliedBy(4).minusMinutes(1)));
        assertEquals("escalated:critical@" + HOOK.id(), play.pass(Duration.ofMinutes(1)));
        assertEquals("", play.pass(DAY));
        assertEquals("-", play.see(CRITICAL));
        assertEquals("", play.pass(DAY));
    }
}
