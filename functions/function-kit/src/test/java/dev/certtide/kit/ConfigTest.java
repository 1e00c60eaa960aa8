package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.LeafSeen;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class ConfigTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Target BLOG = Target.parse("blog.example");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Slot DAILY = Slot.of(SHOP, Cadence.DAILY);
    private static final Slot HOURLY = Slot.of(SHOP, Cadence.HOURLY);

    private Instant now = NOON;
    private Config config;

    @BeforeEach
    void configInANewTable(LocalDynamoDb dynamoDb) {
        config = new Config(dynamoDb.table(), () -> now);
    }

    @Test
    void aScheduledTargetIsDueInItsSlotAndInNoOther() {
        config.schedule(SHOP);
        assertEquals(List.of(new Due(SHOP, false)), config.dueInOrder(DAILY).toList());
        assertEquals(List.of(), config.dueInOrder(HOURLY).toList());
        config.unschedule(SHOP);
        assertEquals(List.of(), config.dueInOrder(DAILY).toList());
    }

    @Test
    void anotherCadenceMovesTheTargetAndSchedulingAgainDoesNotMoveItBack() {
        config.schedule(SHOP);
        config.settle(result(1, Status.CRITICAL), Optional.empty());
        config.schedule(SHOP);
        assertEquals(List.of(), config.dueInOrder(DAILY).toList());
        assertEquals(
                List.of(due(result(1, Status.CRITICAL))),
                config.dueInOrder(HOURLY).toList());
    }

    /** When an answer is lost the SDK asks again, within the second or so. */
    @Test
    void whatMayHaveBeenPutThereJustNowCountsAsNew() {
        assertTrue(config.schedule(SHOP).isNew());
        assertTrue(config.schedule(SHOP).isNew());
        now = NOON.plusSeconds(1);
        assertFalse(config.schedule(SHOP).isNew());
    }

    @Test
    void sinceWhenATargetIsOnTheScheduleIsKnownAndTakenAwayWithIt() {
        config.schedule(SHOP);
        now = NOON.plusSeconds(60);
        config.schedule(SHOP);
        config.settle(result(1, Status.CRITICAL), Optional.empty());
        assertEquals(Map.of(SHOP, NOON), config.scheduledAt(List.of(SHOP, BLOG)));
        config.unschedule(SHOP);
        assertEquals(Map.of(), config.scheduledAt(List.of(SHOP)));
        config.schedule(SHOP);
        assertEquals(Map.of(SHOP, now), config.scheduledAt(List.of(SHOP)));
    }

    @Test
    void whatWasScheduledBeforeThatWasWrittenDownHasBeenOnTheScheduleSinceEver(LocalDynamoDb dynamoDb) {
        var table = dynamoDb.table();
        table.put(Item.of("TARGET#" + SHOP.id(), "TARGET")
                .with("target", SHOP.id())
                .with("due", DAILY.key())
                .with("dueKey", SHOP.id()));
        assertEquals(Map.of(SHOP, Instant.EPOCH), new Config(table, () -> NOON).scheduledAt(List.of(SHOP)));
    }

    @Test
    void whatIsNotScheduledIsNeitherMovedNorMarked() {
        config.settle(result(1, Status.CRITICAL), Optional.empty());
        config.markIncident(SHOP, "inc_1");
        config.clearIncident(SHOP);
        assertEquals(List.of(), config.dueInOrder(DAILY).toList());
        assertEquals(List.of(), config.dueInOrder(HOURLY).toList());
    }

    @Test
    void aMarkedTargetIsSeenByTheScheduleUntilItsTroubleIsOver() {
        config.schedule(SHOP);
        config.markIncident(SHOP, "inc_1");
        config.markIncident(SHOP, "inc_1");
        assertEquals(List.of(true), incidents(DAILY));
        config.settle(result(1, Status.CRITICAL), Optional.empty());
        assertEquals(List.of(true), incidents(HOURLY), "the mark moves with the target");
        config.markIncident(SHOP, "inc_2");
        config.clearIncident(SHOP);
        config.clearIncident(SHOP);
        assertEquals(List.of(false), incidents(HOURLY));
    }

    @Test
    void whatIsKnownIsCarriedByTheScheduleAndTheNewestCounts() {
        config.remember(SHOP, leaf(NOON, true));
        assertEquals(List.of(), config.dueInOrder(DAILY).toList(), "what is not scheduled is not put on the schedule");
        config.schedule(SHOP);
        config.remember(SHOP, leaf(NOON, true));
        var known = Optional.of(new Known(true, Optional.empty()));
        assertEquals(
                List.of(new Due(SHOP, false, known, Optional.empty())),
                config.dueInOrder(DAILY).toList());
        config.remember(SHOP, leaf(NOON.minusNanos(1), false));
        config.markIncident(SHOP, "inc_1");
        config.settle(result(1, Status.CRITICAL), Optional.empty());
        assertEquals(List.of(known), config.dueInOrder(HOURLY).map(Due::known).toList(), "it moves with the target");
        config.remember(SHOP, leaf(NOON.plusNanos(1), false));
        assertEquals(
                Optional.empty(), config.dueInOrder(HOURLY).toList().getFirst().known());
        config.remember(SHOP, leaf(NOON, true));
        assertEquals(
                Optional.empty(), config.dueInOrder(HOURLY).toList().getFirst().known());
    }

    @Test
    void whatACheckCameToIsCarriedByTheScheduleAndTheNewestCounts() {
        config.settle(result(0, Status.OK), Optional.empty());
        assertEquals(List.of(), config.dueInOrder(DAILY).toList(), "what is not scheduled is not put on the schedule");
        assertTrue(config.isSettled(result(0, Status.OK)), "nor is there anything to settle");
        config.schedule(SHOP);
        assertFalse(config.isSettled(result(1, Status.OK)));

        config.settle(result(1, Status.CRITICAL), Optional.empty());
        assertEquals(
                List.of(due(result(1, Status.CRITICAL))),
                config.dueInOrder(HOURLY).toList(),
                "the cadence follows");
        config.settle(result(0, Status.OK), Optional.empty());
        assertEquals(
                List.of(due(result(1, Status.CRITICAL))),
                config.dueInOrder(HOURLY).toList());
        config.settle(result(2, Status.OK), Optional.empty());
        assertEquals(
                List.of(due(result(2, Status.OK))), config.dueInOrder(HOURLY).toList(), "its leaf is not known");
    }

    @Test
    void settlingAgainIsOnlyAskedForWhereItMatters() {
        config.schedule(SHOP);
        config.settle(result(1, Status.OK), Optional.empty());
        assertTrue(config.isSettled(result(1, Status.OK)));
        assertTrue(config.isSettled(result(0, Status.CRITICAL)), "a later one is settled");
        assertTrue(config.isSettled(result(2, Status.OK)), "it comes to the same, and all is well");
        assertFalse(config.isSettled(result(2, Status.WARNING)));

        config.settle(result(3, Status.WARNING), Optional.empty());
        assertTrue(config.isSettled(result(3, Status.WARNING)));
        assertFalse(config.isSettled(result(4, Status.WARNING)), "its wording is of another time");
    }

    @Test
    void whatCouldNotBeWrittenDownIsForgotten() {
        config.schedule(SHOP);
        config.settle(result(1, Status.OK), Optional.empty());
        config.unsettle(result(0, Status.OK));
        assertTrue(config.isSettled(result(1, Status.OK)));
        config.unsettle(result(1, Status.OK));
        assertEquals(List.of(new Due(SHOP, false)), config.dueInOrder(HOURLY).toList());
        assertFalse(config.isSettled(result(1, Status.OK)));
    }

    @Test
    void aTargetComesBackToTheScheduleWithWhatItsLatestResultCameTo() {
        assertFalse(config.schedule(SHOP).hasOutcome());
        assertFalse(config.schedule(SHOP).hasOutcome());
        config.settle(result(1, Status.WARNING), Optional.empty());
        assertTrue(config.schedule(SHOP).hasOutcome());
        assertEquals(
                List.of(due(result(1, Status.WARNING))),
                config.dueInOrder(HOURLY).toList());
        assertTrue(config.isSettled(result(1, Status.WARNING)));
    }

    private List<Boolean> incidents(Slot slot) {
        return config.dueInOrder(slot).map(Due::incident).toList();
    }

    private static LeafHistory leaf(Instant at, boolean clientAuth) {
        var leaf = new LeafSeen(
                "leaf", NOON, NOON.plusSeconds(7_776_000), "CN=CA", Optional.empty(), "names", clientAuth, at, at);
        return new LeafHistory(List.of(leaf), Optional.empty());
    }

    private static Due due(CheckResult result) {
        return new Due(SHOP, false, Optional.empty(), Optional.of(Outcome.of(result)));
    }

    /** Without a leaf: the cadence is hourly. */
    private static CheckResult result(int minute, Status status) {
        return result(SHOP, minute, status);
    }

    private static CheckResult result(Target target, int minute, Status status) {
        return new CheckResult(target, NOON.plusSeconds(60L * minute), new Verdict(status, List.of()), List.of());
    }

    @Test
    void whatIsScheduledIsFoundByItsTargets() {
        config.schedule(SHOP);
        config.schedule(BLOG);
        config.markIncident(BLOG, "inc_1");
        assertEquals(
                Set.of(new Due(SHOP, false), new Due(BLOG, true)),
                Set.copyOf(config.scheduled(List.of(SHOP, BLOG, SHOP, Target.parse("unscheduled.example")))));
        assertEquals(List.of(), config.scheduled(List.of()));
    }

    @Test
    void aSlotHoldsAllOfItsTargets() {
        var slot = new Slot(Cadence.HOURLY, 7, 0);
        int found = 0;
        for (int i = 0; found < 250; i++) {
            var target = Target.parse("host-" + i + ".example");
            if (Slot.of(target, Cadence.HOURLY).equals(slot)) {
                config.schedule(target);
                config.settle(result(target, 0, Status.OK), Optional.empty());
                found++;
            }
        }
        var due = config.dueInOrder(slot).toList();
        assertEquals(250, due.stream().map(Due::target).distinct().count());
        assertEquals(
                due.stream().map(one -> one.target().id()).sorted().toList(),
                due.stream().map(one -> one.target().id()).toList());
        assertTrue(due.stream()
                .allMatch(one -> Slot.of(one.target(), Cadence.HOURLY).equals(slot)));
    }
}
