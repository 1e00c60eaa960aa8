package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.PAGER;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.UNREACHABLE;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.incident.Incident.Answer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From when on the time counts in which somebody was to acknowledge, and what is news to those who are told then. */
class EscalationTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final String BOSS = "@" + HOOK.id();

    private final Play play = new Play(Policies.escalation("4h", HOOK), MAIL);

    @Test
    void whatGetsWorseDaysAfterItWasAcknowledgedHasItsTimeToo() {
        play.see(WARNING);
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        play.pass(DAY.multipliedBy(3));
        assertEquals("changed:critical", play.see(CRITICAL));
        assertEquals("", play.pass(HOUR.multipliedBy(4).minusMinutes(1)));
        assertEquals("escalated:critical" + BOSS, play.pass(Duration.ofMinutes(1)));
    }

    @Test
    void whatIsMilderAgainAfterThatHasTheSameTime() {
        play.see(WARNING);
        play.answer(Answer.Kind.ACKNOWLEDGED, Optional.empty());
        play.pass(DAY.multipliedBy(3));
        play.see(CRITICAL);
        play.pass(HOUR);
        assertEquals("-", play.see(WARNING));
        assertEquals("escalated:warning" + BOSS, play.pass(HOUR.multipliedBy(3)));
    }

    @Test
    void theTimeCountsFromTheEndOfASnooze() {
        play.see(CRITICAL);
        play.answer(Answer.Kind.SNOOZED, Optional.of(play.now().plus(DAY)));
        assertEquals("reminder:critical", play.pass(DAY));
        assertEquals("", play.pass(HOUR.multipliedBy(4).minusMinutes(1)));
        assertEquals("escalated:critical" + BOSS, play.pass(Duration.ofMinutes(1)));
    }

    /** It begins at 14:00 in Berlin. A program was told at once. */
    @Test
    void theTimeCountsFromTheSummaryThatAPersonReads() {
        var policy = Policies.digest("08:00", WARNING).over(Policies.escalation("4h", PAGER));
        var both = new Play(policy, MAIL, HOOK);
        both.see(WARNING);
        assertEquals("", both.pass(HOUR.multipliedBy(21)));
        assertEquals("escalated:warning@pagerduty:on-call", both.pass(HOUR));

        var onlyHook = new Play(policy, HOOK);
        onlyHook.see(WARNING);
        assertEquals("escalated:warning@pagerduty:on-call", onlyHook.pass(HOUR.multipliedBy(4)));
    }

    @Test
    void whatWasSaidToBeCriticalAndIsAWarningIsNoNewsToOthers() {
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(4));
        assertEquals("-", play.see(WARNING));
        assertEquals("", play.pass(DAY));
        assertEquals("-", play.see(CRITICAL));
        assertEquals("", play.pass(DAY));
    }

    @Test
    void asBadInAnotherWayIsNewsToOthersAtOnce() {
        play.see(CRITICAL);
        play.pass(HOUR.multipliedBy(5));
        assertEquals("changed:unreachable escalated:unreachable" + BOSS, play.see(UNREACHABLE));
    }

    @Test
    void aChannelOfTheWatchItselfThatHearsItJustThenIsToldOnce() {
        var ownBoss = new Play(Policies.escalation("4h", MAIL), MAIL);
        ownBoss.see(CRITICAL);
        ownBoss.pass(HOUR.multipliedBy(5));
        assertEquals("changed:unreachable silent(said-already)", ownBoss.see(UNREACHABLE));
        assertEquals("-", ownBoss.look());
    }

    @Test
    void aChannelOfTheWatchItselfThatWasBrokenUntilThenIsToldOnce() {
        var ownBoss = new Play(Policies.escalation("4h", MAIL), MAIL, HOOK);
        ownBoss.breakChannel(MAIL);
        assertEquals("held(broken-channel)@email:jane@example.com opened:critical" + BOSS, ownBoss.see(CRITICAL));
        assertEquals("escalated:critical@email:jane@example.com", ownBoss.pass(HOUR.multipliedBy(4)));
        ownBoss.mend(MAIL);
        assertEquals("", ownBoss.pass(DAY));
    }
}
