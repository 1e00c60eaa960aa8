package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Site;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.it.stack.WebhookInbox.Call;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.event.EventType;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One host, watched by owners who trust its CA and by owners who do not. */
@CerttideStack
class PrivateRootsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private final CertificateAuthority ca = CertificateAuthority.create("Jane's", Instant.now());
    private final PrivateRoots roots = PrivateRoots.parse(ca.rootPem());

    PrivateRootsIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void whoTrustsThePrivateCaIsTroubledByNothingAndWhoDoesNotIsToldAtTheSameTime() {
        var jane = stack.owner();
        var joe = stack.owner();
        var site = site("wiki.certtide.test", Duration.ofDays(60));
        var hers = site.target().trusting(roots.name());
        stack.publish(SiteOwner.json(List.of(withRoots(jane.added(site.url())), joe.added(site.url()))));
        await().atMost(PATIENCE)
                .until(() -> joe.calls().size() == 1
                        && joe.mails().size() == 1
                        && stack.latest(hers).isPresent());
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(List.of(), codes(hers));
        assertEquals(List.of(FindingCode.UNTRUSTED_ROOT), codes(site.target()));
        assertEquals(List.of("critical " + site.target()), told(joe));
        assertEquals(List.of(), jane.calls());

        // Each in its turn, by the roots that are kept.
        site.server().present(ca.issue(LeafRequest.forName(site.name(), validity(Duration.ofDays(-1)))));
        recheck(hers, Cadence.DAILY);
        recheck(site.target(), Cadence.HOURLY);
        await().atMost(PATIENCE)
                .until(() -> jane.mails().size() == 1
                        && jane.calls().size() == 1
                        && codes(site.target()).size() == 2);
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(List.of(FindingCode.EXPIRED), codes(hers));
        assertEquals(List.of(FindingCode.EXPIRED, FindingCode.UNTRUSTED_ROOT), codes(site.target()));
        assertEquals(List.of("critical " + hers), told(jane));
        assertTrue(
                jane.mails().getFirst().contains(site.target().displayName() + " (private CA)"),
                jane.mails().toString());

        stack.publish(SiteOwner.json(withRoots(jane.event(EventType.URL_REMOVED, site.target()))));
        await().atMost(PATIENCE).until(() -> stack.items("ConfigTable", "TARGET#" + hers.id()).stream()
                .noneMatch(item -> item.get("sk").s().equals("TARGET")));
        assertTrue(stack.items("ConfigTable", "TARGET#" + site.target().id()).stream()
                .anyMatch(item -> item.get("sk").s().equals("TARGET")));
    }

    @Test
    void aCheckWhoseRootsAreLostIsKeptAndDoneWhenTheyAreSentAgain() {
        var jane = stack.owner();
        var site = site("lost.certtide.test", Duration.ofDays(60));
        var hers = site.target().trusting(roots.name());
        var added = SiteOwner.json(withRoots(jane.added(site.url())));
        stack.publish(added);
        await().atMost(PATIENCE).until(() -> stack.latest(hers).isPresent());
        stack.queues().awaitIdle(PATIENCE);

        stack.dynamoDb().deleteItem(request -> request.tableName(stack.output("ConfigTable"))
                .key(Map.of("pk", AttributeValue.fromS("ROOTS#" + roots.name()), "sk", AttributeValue.fromS("ROOTS"))));
        recheck(hers, Cadence.DAILY);
        await().atMost(PATIENCE)
                .until(() -> !stack.deadLetters("recheck").with(hers.id()).isEmpty());
        var letter = stack.deadLetters("recheck").with(hers.id()).getFirst();
        assertEquals("data.targets", letter.field());
        assertTrue(letter.reason().contains("private roots that are not in Config"), letter.reason());
        assertEquals(List.of(), jane.calls(), "what was not checked is not told");

        int before = site.server().accepted();
        stack.publish(added);
        await().atMost(PATIENCE).until(() -> site.server().accepted() > before);
        stack.queues().awaitIdle(PATIENCE);
        recheck(hers, Cadence.DAILY, 20);
        await().atMost(PATIENCE).until(() -> site.server().accepted() > before + 1);
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(1, stack.deadLetters("recheck").with(hers.id()).size());
    }

    private Site site(String name, Duration left) {
        return stack.serve(name, ca.issue(LeafRequest.forName(name, validity(left))));
    }

    private static Validity validity(Duration left) {
        return Validity.withLeft(Instant.now(), Duration.ofDays(90), left);
    }

    /** The same event, with the private roots. */
    private Map<String, Object> withRoots(Map<String, Object> event) {
        var data = new HashMap<String, Object>();
        ((Map<?, ?>) event.get("data")).forEach((name, value) -> data.put(name.toString(), value));
        data.put("privateRoots", roots.pem());
        var whole = new HashMap<>(event);
        whole.put("data", data);
        return whole;
    }

    private List<FindingCode> codes(Target target) {
        return stack.latest(target).map(CheckResult::verdict).orElseThrow().codes().stream()
                .sorted()
                .toList();
    }

    private static List<String> told(SiteOwner owner) {
        return owner.calls().stream()
                .map((Call call) -> call.status() + " " + call.target())
                .toList();
    }

    private void recheck(Target target, Cadence cadence) {
        recheck(target, cadence, 10);
    }

    /** Days ahead, so that the stack's own rule has no part in it. */
    private void recheck(Target target, Cadence cadence, int days) {
        var slot = Slot.of(target, cadence);
        var minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(days, ChronoUnit.DAYS);
        while (!Slot.dueAt(minute, cadence).contains(slot)) {
            minute = minute.plus(1, ChronoUnit.MINUTES);
        }
        stack.recheck(minute);
    }
}
