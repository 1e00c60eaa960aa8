package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.PAGER;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pager is told, and what others are told when it, or they, can't be used. */
class PagerTest {
    private static final Channel SLACK = new Channel.Slack("ops");

    private final DeployedFailures failures = new DeployedFailures();

    @Test
    void hearsThatSomebodyIsAtItOnceAndCallsAnewWhenItGetsWorse() {
        failures.watch(watch(JANE, PAGER, MAIL));
        failures.result(result(Status.WARNING, 1));
        assertEquals(List.of("opened pagerduty 0", "opened email 0"), told());
        failures.pass(Duration.ofMinutes(5));
        answer(Answer.Kind.ACKNOWLEDGED);
        failures.pass(Duration.ofMinutes(1));
        answer(Answer.Kind.ACKNOWLEDGED);
        assertEquals(List.of("acknowledged pagerduty 0"), told());
        failures.result(result(Status.CRITICAL, 8));
        assertEquals(List.of("changed pagerduty 1", "changed email 0"), told());
        failures.pass(Duration.ofMinutes(5));
        answer(Answer.Kind.SNOOZED);
        assertEquals(List.of("acknowledged pagerduty 1"), told());
        failures.pass(Duration.ofDays(1).plusMinutes(5));
        assertEquals(List.of("reminder pagerduty 2", "reminder email 0"), told());
        failures.result(result(Status.OK, 24 * 60 + 5));
        assertEquals(List.of("recovered pagerduty 2", "recovered email 0"), told());
    }

    @Test
    void isResolvedUnderTheAlarmThatWasAcknowledged() {
        failures.watch(watch(JANE, PAGER));
        failures.result(result(Status.WARNING, 1));
        failures.pass(Duration.ofMinutes(5));
        answer(Answer.Kind.ACKNOWLEDGED);
        failures.pass(Duration.ofMinutes(5));
        failures.result(result(Status.OK, 9));
        assertEquals(List.of("opened pagerduty 0", "acknowledged pagerduty 0", "recovered pagerduty 0"), told());
    }

    /** People would read that all is well. */
    @Test
    void isResolvedWhenNobodyWatchesAnyMoreAndNobodyElseIsToldOrTellsIt() {
        failures.policy(JANE, Policies.escalation("4h", boss()));
        failures.watch(watch(JANE, PAGER, MAIL));
        failures.result(result(Status.CRITICAL, 1));
        failures.notifications();
        failures.pass(Duration.ofMinutes(5));
        answer(Answer.Kind.ACKNOWLEDGED);
        failures.notifications();
        failures.pass(Duration.ofDays(1));

        failures.watch(Samples.paused(watch(JANE, PAGER, MAIL)));

        var told = failures.notifications();
        assertEquals(
                List.of("recovered pagerduty 0"),
                told.stream().map(PagerTest::words).toList());
        assertEquals(List.of(), told.getFirst().fallbacks());
        assertEquals(List.of(), told.getFirst().alsoTold());
        assertEquals(List.of("left"), rules(told.getFirst()));
        failures.watch(watch(JANE, PAGER, MAIL));
        assertEquals(List.of("opened pagerduty 0", "opened email 0"), told(), "who comes back is told anew");
    }

    private List<String> rules(Notification told) {
        return failures.incidents().decisions(JANE, Cause.of(SHOP).id(), told.incident()).stream()
                .filter(decision -> decision.isTold() && decision.kind() == told.kind())
                .map(Decision::rule)
                .toList();
    }

    @Test
    void aCrashBeforeTheAnswerIsKnownToBeToldTellsItAgainUnderTheSameKey() {
        failures.watch(watch(JANE, PAGER));
        failures.result(result(Status.WARNING, 1));
        failures.notifications();
        failures.pass(Duration.ofMinutes(5));
        failures.dieAfter("SendMessageBatch", () -> answer(Answer.Kind.ACKNOWLEDGED));
        failures.result(result(Status.WARNING, 9));
        var told = failures.notifications();
        assertEquals(2, told.size());
        assertEquals(told.getFirst().key(), told.getLast().key());
    }

    @Test
    void whoIsToldTheSameIsNoFallback() {
        failures.policy(
                JANE, Policies.levels(Map.of("pagerduty", Status.CRITICAL)).over(Policies.escalation("4h", boss())));
        failures.watch(watch(JANE, MAIL, SLACK, PAGER));
        failures.result(result(Status.WARNING, 1));
        var told = failures.notifications();
        assertEquals(List.of(SLACK), told.getFirst().alsoTold());
        assertEquals(List.of(PAGER, boss()), told.getFirst().fallbacks());
        assertEquals(List.of(MAIL), told.getLast().alsoTold());

        failures.result(result(Status.OK, 2));
        var over = failures.notifications().getFirst();
        assertEquals(List.of(SLACK), over.alsoTold());
        assertEquals(List.of(PAGER, boss()), over.fallbacks());
    }

    @Test
    void aSummaryIsMissedByNobodyWhoGetsAllOfIt() {
        failures.policy(JANE, Policies.digest("08:00", Status.CRITICAL));
        failures.watch(watch(JANE, MAIL, SLACK));
        failures.result(result(Status.WARNING, 1));
        failures.pass(Duration.ofDays(1));
        var told = failures.notifications();
        assertEquals(
                List.of(MAIL),
                told.stream()
                        .filter(one -> one.channel().equals(SLACK))
                        .findFirst()
                        .orElseThrow()
                        .alsoTold());
    }

    private static Channel boss() {
        return new Channel.Email("boss@example.com");
    }

    private void answer(Answer.Kind kind) {
        failures.answer(incident(), kind);
    }

    private Incident incident() {
        return failures.incidents().find(JANE, Cause.of(SHOP).id()).orElseThrow();
    }

    private List<String> told() {
        return failures.notifications().stream().map(PagerTest::words).toList();
    }

    private static String words(Notification told) {
        return told.kind().word() + " " + told.channel().type() + " " + told.alarm();
    }
}
