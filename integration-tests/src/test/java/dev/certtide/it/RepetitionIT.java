package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Site;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events come twice and in any order; people are told once, and the newest result counts. */
@CerttideStack
class RepetitionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    RepetitionIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void anEventThatComesFiveTimesIsToldOnce() {
        var owner = stack.owner();
        var event = SiteOwner.json(owner.added(stack.expiredSite().url()));
        for (int i = 0; i < 5; i++) {
            stack.publish(event);
        }
        await().atMost(PATIENCE)
                .until(() -> !owner.calls().isEmpty() && !owner.mails().isEmpty());
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(1, owner.calls().size());
        assertEquals(1, owner.mails().size());
    }

    @Test
    void aResultThatComesFiveTimesIsToldOnce() {
        var owner = stack.owner();
        var site = watchedBy(owner);
        var bad = expired(site, Instant.now().plusSeconds(60));
        for (int i = 0; i < 5; i++) {
            stack.publishResult(bad, true);
        }
        await().atMost(PATIENCE).until(() -> !owner.calls().isEmpty());
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(1, owner.calls().size());
    }

    @Test
    void anOldBadResultAfterANewGoodOneChangesNothing() {
        var owner = stack.owner();
        var site = watchedBy(owner);
        var good = ok(site, Instant.now().plusSeconds(120));
        stack.publishResult(good, true);
        await().atMost(PATIENCE)
                .until(() -> stack.latest(site.target()).orElseThrow().equals(good));
        stack.publishResult(expired(site, Instant.now().plusSeconds(60)), true);
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(good, stack.latest(site.target()).orElseThrow());
        assertEquals(List.of(), owner.calls());
        assertEquals(List.of(), owner.mails());
    }

    @Test
    void anOldBadResultAfterTheRecoveryIsNoNewIncident() {
        var owner = stack.owner();
        var site = watchedBy(owner);
        var start = Instant.now().plusSeconds(60);
        stack.publishResult(expired(site, start), true);
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
        stack.publishResult(ok(site, start.plusSeconds(60)), true);
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 2);
        stack.publishResult(expired(site, start.plusSeconds(30)), true);
        stack.publishResult(expired(site, start), true);
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(
                List.of("certificate.incident.opened", "certificate.incident.recovered"),
                owner.calls().stream().map(call -> call.type()).toList());
    }

    @Test
    void goodResultsWithoutAttentionNeverReachTheFailures() {
        var owner = stack.owner();
        var site = watchedBy(owner);
        var start = Instant.now().plusSeconds(60);
        stack.publishResult(expired(site, start), true);
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);

        // Were it delivered, it would end the incident.
        var unnoticed = ok(site, start.plusSeconds(60));
        stack.publishResult(unnoticed, false);
        await().atMost(PATIENCE)
                .until(() -> stack.latest(site.target()).orElseThrow().equals(unnoticed));
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(1, owner.calls().size());

        stack.publishResult(ok(site, start.plusSeconds(120)), true);
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 2);
    }

    private Site watchedBy(SiteOwner owner) {
        var site = stack.goodSite();
        stack.publish(SiteOwner.json(owner.added(site.url())));
        await().atMost(PATIENCE).until(() -> stack.latest(site.target()).isPresent());
        stack.queues().awaitIdle(PATIENCE);
        return site;
    }

    private static CheckResult ok(Site site, Instant at) {
        return new CheckResult(site.target(), at, new Verdict(Status.OK, List.of()), List.of());
    }

    private static CheckResult expired(Site site, Instant at) {
        var finding = new Finding(FindingCode.EXPIRED, Status.CRITICAL, "expired yesterday", List.of());
        return new CheckResult(site.target(), at, new Verdict(Status.CRITICAL, List.of(finding)), List.of());
    }
}
