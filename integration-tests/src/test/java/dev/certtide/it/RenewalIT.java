package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Site;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.it.stack.WebhookInbox.Call;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.EventType;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What earlier checks have taught reaches the checker, by the schedule and by a backend's wish. */
@CerttideStack
class RenewalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    RenewalIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void aRenewalThatIsOverdueIsToldOnceAndItsEndToo() {
        var owner = stack.owner();
        var site = added(owner, stack.goodSite());
        assertEquals(List.of(), found(site));
        // 60 of its 90 days are left; the three before it were each replaced with 66 left. Such results may come late.
        var leaf = stack.latest(site.target()).flatMap(CheckResult::leaf).orElseThrow();
        for (int i = 3; i >= 0; i--) {
            var issued = leaf.notBefore().minus(Duration.ofDays(24L * i));
            var earlier = i == 0 ? leaf : issued(leaf, issued);
            stack.publishResult(seen(site, earlier, issued.plus(1, ChronoUnit.HOURS)), false);
            if (i > 0) {
                stack.publishResult(seen(site, earlier, issued.plus(23, ChronoUnit.DAYS)), false);
            }
        }
        await().atMost(PATIENCE).until(() -> leaves(site) == 4);
        stack.queues().awaitIdle(PATIENCE);

        stack.recheck(nextMinuteOf(site, Cadence.DAILY));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
        assertEquals(List.of(FindingCode.RENEWAL_OVERDUE), found(site));
        stack.queues().awaitIdle(PATIENCE);

        var before = stack.latest(site.target()).orElseThrow().checkedAt();
        stack.publish(SiteOwner.json(owner.event(EventType.CHECK_REQUESTED, site.target())));
        await().atMost(PATIENCE)
                .until(() ->
                        stack.latest(site.target()).orElseThrow().checkedAt().isAfter(before));
        assertEquals(List.of(FindingCode.RENEWAL_OVERDUE), found(site), "it is not over because somebody asks");
        stack.queues().awaitIdle(PATIENCE);

        site.present(Duration.ofDays(89));
        stack.recheck(nextMinuteOf(site, Cadence.HOURLY));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 2);
        assertEquals(
                List.of("certificate.incident.opened", "certificate.incident.recovered"),
                owner.calls().stream().map(Call::type).toList());
        assertEquals(5, leaves(site));
    }

    private List<FindingCode> found(Site site) {
        return stack.latest(site.target()).orElseThrow().verdict().codes();
    }

    private int leaves(Site site) {
        return stack.item(site.target(), "LEAVES")
                .map(item -> Json.read(LeafHistory.class, item.get("leaves").s())
                        .leaves()
                        .size())
                .orElse(0);
    }

    private Site added(SiteOwner owner, Site site) {
        stack.publish(SiteOwner.json(owner.added(site.url())));
        await().atMost(PATIENCE).until(() -> stack.latest(site.target()).isPresent());
        stack.queues().awaitIdle(PATIENCE);
        return site;
    }

    private static CheckResult seen(Site site, CertificateReport leaf, Instant at) {
        var address = new AddressReport(
                "127.0.0.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                List.of(leaf),
                5);
        return new CheckResult(site.target(), at, new Verdict(Status.OK, List.of()), List.of(address));
    }

    /** The same certificate, had it been issued then. */
    private static CertificateReport issued(CertificateReport leaf, Instant notBefore) {
        return new CertificateReport(
                leaf.subject(),
                leaf.issuer(),
                leaf.serialNumber(),
                notBefore,
                notBefore.plus(Duration.between(leaf.notBefore(), leaf.notAfter())),
                leaf.names(),
                leaf.omittedNames(),
                leaf.keyAlgorithm(),
                leaf.signatureAlgorithm(),
                Fingerprint.of(notBefore.toString()));
    }

    /** Days ahead, so that the stack's own rule has no part in it. */
    private static Instant nextMinuteOf(Site site, Cadence cadence) {
        var slot = Slot.of(site.target(), cadence);
        var minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(10, ChronoUnit.DAYS);
        while (!Slot.dueAt(minute, cadence).contains(slot)) {
            minute = minute.plus(1, ChronoUnit.MINUTES);
        }
        return minute;
    }
}
