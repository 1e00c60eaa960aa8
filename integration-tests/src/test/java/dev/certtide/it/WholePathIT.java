package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.it.stack.WebhookInbox.Call;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From {@code new_url} to a stored result and a notification. */
@CerttideStack
class WholePathIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    WholePathIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void everyKindOfHostIsJudgedAndStoredAndItsOwnerToldOnceUnlessAllIsWell() {
        var owner = stack.owner();
        // Or most of it would come as one summary.
        stack.policy(owner, "{\"mostAtOnce\": 1000}");
        var hosts = stack.farm().hosts();
        // Four as one batch, and the rest by ones, half of them bare.
        stack.publish(SiteOwner.json(
                hosts.stream().limit(4).map(host -> owner.added(url(host))).toList()));
        for (int i = 4; i < hosts.size(); i++) {
            var url = url(hosts.get(i));
            stack.publish(SiteOwner.json(i % 2 == 0 ? owner.added(url) : owner.bare(url)));
        }
        await().atMost(PATIENCE).until(() -> hosts.stream()
                .allMatch(host -> stack.latest(target(host)).isPresent()));
        stack.queues().awaitIdle(PATIENCE);

        for (var host : hosts) {
            assertEquals(expected(host), stored(host), host.name());
        }
        // A split fleet may be a renewal on its way: its owner is told hours later, if it lasts.
        var bad = hosts.stream()
                .filter(host -> !host.expectedStatus().equals("ok") && host.kind() != HostKind.SPLIT_FLEET)
                .toList();
        assertEquals(
                bad.stream()
                        .map(host -> host.expectedStatus() + " " + target(host))
                        .sorted()
                        .toList(),
                owner.calls().stream()
                        .map(call -> call.status() + " " + call.target())
                        .sorted()
                        .toList());
        assertTrue(owner.calls().stream().allMatch(Call::genuine));
        assertTrue(owner.calls().stream().allMatch(call -> call.type().equals("certificate.incident.opened")));
        assertEquals(bad.size(), owner.calls().stream().map(Call::id).distinct().count());
        assertEquals(bad.size(), owner.mails().size(), owner.mails().toString());
    }

    @Test
    void theCustomerOfAnAddedUrlIsInTheMarketingDatabase() {
        var owner = stack.owner();
        stack.publish(SiteOwner.json(owner.added(stack.goodSite().url())));
        // new-customers gathers for five seconds.
        await().atMost(PATIENCE)
                .until(
                        () -> stack
                                .dynamoDb()
                                .scanPaginator(request -> request.tableName(stack.output("MarketingTable")))
                                .items()
                                .stream()
                                .anyMatch(item -> item.toString().contains(owner.address())));
    }

    @Test
    void aCustomerAndEachOfTheirSitesIsToldToTheCrmOnce() {
        var owner = stack.owner();
        var sites = List.of(stack.goodSite(), stack.goodSite());
        for (var site : List.of(sites.get(0), sites.get(1), sites.get(0))) {
            stack.publish(SiteOwner.json(owner.added(site.url())));
        }
        await().atMost(PATIENCE).until(() -> owner.callsToTheCrm().size() >= 3);
        await().atMost(PATIENCE).until(() -> stack.queues().messages("new-customers") == 0);

        var calls = owner.callsToTheCrm();
        assertEquals(
                List.of("customer.created", "customer.site-added", "customer.site-added"),
                calls.stream().map(Call::type).sorted().toList());
        assertEquals(
                sites.stream().map(site -> site.target().id()).sorted().toList(),
                calls.stream()
                        .filter(call -> call.type().equals("customer.site-added"))
                        .map(Call::target)
                        .sorted()
                        .toList());
        assertTrue(calls.stream().allMatch(Call::genuine));
    }

    @Test
    void aRenewalThatACheckFindsIsToldOnce() {
        var owner = stack.owner();
        var site = stack.expiredSite();
        stack.publish(SiteOwner.json(owner.added(site.url())));
        await().atMost(PATIENCE)
                .until(() -> owner.calls().size() == 1 && owner.mails().size() == 1);

        site.renew();
        for (int i = 0; i < 3; i++) {
            stack.publish(SiteOwner.json(owner.event(EventType.CHECK_REQUESTED, site.target())));
        }
        await().atMost(PATIENCE)
                .until(() -> owner.calls().size() == 2 && owner.mails().size() == 2);
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(
                List.of("certificate.incident.opened critical", "certificate.incident.recovered ok"),
                owner.calls().stream()
                        .map(call -> call.type() + " " + call.status())
                        .toList());
        assertEquals(2, owner.mails().size(), owner.mails().toString());
        assertEquals(Status.OK, stack.latest(site.target()).orElseThrow().status());
    }

    @Test
    void whoAddsATargetThatIsBrokenAlreadyIsToldToo() {
        var first = stack.owner();
        var second = stack.owner();
        var site = stack.expiredSite();
        stack.publish(SiteOwner.json(first.added(site.url())));
        await().atMost(PATIENCE).until(() -> first.calls().size() == 1);
        stack.publish(SiteOwner.json(second.added(site.url())));
        await().atMost(PATIENCE)
                .until(() -> second.calls().size() == 1 && second.mails().size() == 1);
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(1, second.calls().size());
        assertEquals(1, first.calls().size());
    }

    @Test
    void whoPausedOrRemovedAWatchIsNotTold() {
        var paused = stack.owner();
        var removed = stack.owner();
        var watching = stack.owner();
        var site = stack.goodSite();
        Stream.of(paused, removed, watching).forEach(owner -> stack.publish(SiteOwner.json(owner.added(site.url()))));
        await().atMost(PATIENCE).until(() -> stack.latest(site.target()).isPresent());
        stack.queues().awaitIdle(PATIENCE);
        stack.publish(SiteOwner.json(paused.event(EventType.URL_PAUSED, site.target())));
        stack.publish(SiteOwner.json(removed.event(EventType.URL_REMOVED, site.target())));
        stack.queues().awaitIdle(PATIENCE);

        site.present(Duration.ofDays(-1));
        stack.publish(SiteOwner.json(watching.event(EventType.CHECK_REQUESTED, site.target())));
        await().atMost(PATIENCE).until(() -> watching.calls().size() == 1);
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(List.of(), paused.calls());
        assertEquals(List.of(), removed.calls());
        assertEquals(1, watching.calls().size());
    }

    @Test
    void whoResumesAPausedWatchHearsOfWhatIsBroken() {
        var owner = stack.owner();
        var site = stack.goodSite();
        stack.publish(SiteOwner.json(owner.added(site.url())));
        // Queues promise no order: only what has been worked on surely comes before what is published next.
        stack.queues().awaitIdle(PATIENCE);
        stack.publish(SiteOwner.json(owner.event(EventType.URL_PAUSED, site.target())));
        stack.queues().awaitIdle(PATIENCE);
        site.present(Duration.ofDays(-1));
        stack.publish(SiteOwner.json(owner.event(EventType.CHECK_REQUESTED, site.target())));
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(List.of(), owner.calls());

        stack.publish(SiteOwner.json(owner.event(EventType.URL_RESUMED, site.target())));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
    }

    @Test
    void aWorseningIsToldAndAnImprovementToAMilderLevelIsNot() {
        var owner = stack.owner();
        var site = stack.site(Duration.ofDays(15));
        stack.publish(SiteOwner.json(owner.added(site.url())));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
        site.present(Duration.ofDays(-1));
        stack.publish(SiteOwner.json(owner.event(EventType.CHECK_REQUESTED, site.target())));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 2);
        site.present(Duration.ofDays(15));
        stack.publish(SiteOwner.json(owner.event(EventType.CHECK_REQUESTED, site.target())));
        stack.queues().awaitIdle(PATIENCE);

        assertEquals(
                List.of("warning", "critical"),
                owner.calls().stream().map(Call::status).toList());
    }

    private static String url(FarmHost host) {
        return host.url();
    }

    private static Target target(FarmHost host) {
        return Target.parse(host.url());
    }

    private static String expected(FarmHost host) {
        return host.expectedStatus() + " " + String.join(",", host.expectedCodes());
    }

    private String stored(FarmHost host) {
        var result = stack.latest(target(host)).orElseThrow();
        var codes = result.verdict().codes().stream().map(FindingCode::code).collect(Collectors.joining(","));
        return result.status().word() + " " + codes;
    }
}
