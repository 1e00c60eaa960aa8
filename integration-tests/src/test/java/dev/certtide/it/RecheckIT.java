package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Site;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.it.stack.WebhookInbox.Call;
import dev.certtide.model.event.EventType;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is watched is checked again, in its minute. */
@CerttideStack
class RecheckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    RecheckIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void aTargetIsCheckedInItsMinuteOnceHoweverOftenTheMinuteIsTold() {
        var site = added(stack.owner(), stack.goodSite());
        int before = site.server().accepted();
        var minute = nextMinuteOf(site, Cadence.DAILY);
        for (int i = 0; i < 3; i++) {
            stack.recheck(minute);
        }
        await().atMost(PATIENCE).until(() -> site.server().accepted() > before);
        stack.recheck(minute.plus(1, ChronoUnit.MINUTES));
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(before + 1, site.server().accepted());
    }

    @Test
    void whatBreaksIsFoundByTheRecheckAndSoIsItsEnd() {
        var owner = stack.owner();
        var site = added(owner, stack.goodSite());
        site.present(Duration.ofDays(-1));
        stack.recheck(nextMinuteOf(site, Cadence.DAILY));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
        stack.queues().awaitIdle(PATIENCE);

        // What fails is checked every hour from now on.
        site.renew();
        stack.recheck(nextMinuteOf(site, Cadence.HOURLY));
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 2);
        assertEquals(
                List.of("certificate.incident.opened", "certificate.incident.recovered"),
                owner.calls().stream().map(Call::type).toList());
    }

    /** The tables say that the last round was two hours ago, and that the target had its turn in between. */
    @Test
    void whatWasMissedInAnOutageIsMadeUpFor() {
        var site = added(stack.owner(), stack.goodSite());
        int before = site.server().accepted();
        var now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        var through = now.minus(121, ChronoUnit.MINUTES);
        // In that third of the gap that the first round makes up for. If the minute ends before it, the rounds of the
        // stack's own rule make up for it.
        var third = now.getEpochSecond() / 60 % 3;
        var minute = through.plus(20 + 40 * third, ChronoUnit.MINUTES);
        stack.schedule(site.target(), Slot.dueAt(minute, Cadence.DAILY).getFirst());
        stack.lastRoundWasAt(through);
        try {
            stack.recheck(now);
            await().atMost(Duration.ofMinutes(4)).until(() -> site.server().accepted() > before);
            stack.queues().awaitIdle(PATIENCE);
            assertEquals(before + 1, site.server().accepted());
        } finally {
            stack.lastRoundWasAt(Instant.now().truncatedTo(ChronoUnit.MINUTES)); // For those that come after.
        }
    }

    @Test
    void whatNobodyWatchesAnyMoreIsNotChecked() {
        var owner = stack.owner();
        var site = added(owner, stack.goodSite());
        int before = site.server().accepted();
        stack.publish(SiteOwner.json(owner.event(EventType.URL_REMOVED, site.target())));
        stack.queues().awaitIdle(PATIENCE);
        stack.recheck(nextMinuteOf(site, Cadence.DAILY));
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(before, site.server().accepted());
    }

    private Site added(SiteOwner owner, Site site) {
        stack.publish(SiteOwner.json(owner.added(site.url())));
        await().atMost(PATIENCE).until(() -> stack.latest(site.target()).isPresent());
        stack.queues().awaitIdle(PATIENCE);
        return site;
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
