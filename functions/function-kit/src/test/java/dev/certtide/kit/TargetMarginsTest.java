package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class TargetMarginsTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Owner JANE = new Owner("jane");
    private static final Owner JOE = new Owner("joe");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Policy DAYS_60 = Policy.parse("{\"warning\": \"60d\", \"critical\": \"30d\"}");
    private static final Policy DAYS_50 = Policy.parse("{\"warning\": \"50d\", \"critical\": \"30d\"}");

    private Config config;
    private Watches watches;
    private Policies policies;
    private TargetMargins margins;

    @BeforeEach
    void ofAScheduledTarget(LocalDynamoDb dynamoDb) {
        var table = dynamoDb.table();
        config = new Config(table, () -> NOON);
        watches = new Watches(table, () -> NOON);
        policies = new Policies(table);
        margins = new TargetMargins(config, policies);
        config.schedule(SHOP);
    }

    @Test
    void theScheduleCarriesTheMarginsOfAllWhoWatchATarget() {
        add(JANE, Optional.of(DAYS_60));
        add(JOE, Optional.empty());
        margins.settle(SHOP);
        assertEquals("[\"60d\",\"30d\"]", eager());

        policies.put(JOE, DAYS_50);
        margins.settle(SHOP);
        assertEquals("[\"60d\",\"50d\",\"30d\"]", eager());

        watches.change(watches.read(SHOP, JANE), changes -> changes.paused(NOON.plusNanos(1)));
        margins.settle(SHOP);
        assertEquals("[\"50d\",\"30d\"]", eager(), "who pauses wants to hear of nothing");

        policies.remove(JOE);
        margins.settle(SHOP);
        assertEquals("", eager());
        assertEquals(List.of(new Due(SHOP, false)), due(), "nothing is left of it");
    }

    @Test
    void aWatchsOwnPolicyGoesBeforeItsOwners() {
        policies.put(JANE, DAYS_60);
        add(JANE, Optional.of(Policy.parse("{\"warning\": \"25%, at most 30d\", \"critical\": \"10%, at most 7d\"}")));
        margins.settle(SHOP);
        assertEquals("", eager());
    }

    @Test
    void onlyWhatIsOnTheScheduleHasMargins() {
        config.unschedule(SHOP);
        add(JANE, Optional.of(DAYS_60));
        margins.settle(SHOP);
        config.schedule(SHOP);
        assertEquals("", eager());
    }

    @Test
    void itIsSettledAsFarAsAPolicySaysSomethingOfIt() {
        add(JOE, Optional.of(DAYS_60));
        settle(JANE, Optional.empty(), Optional.of(Policy.NONE));
        assertEquals("", eager(), "nothing of jane's: it was not looked at");
        settle(JANE, Optional.of(DAYS_50), Optional.empty());
        assertEquals("[\"60d\",\"30d\"]", eager());
    }

    /** However many owners watch a target, one more who wants the same costs one read of it, and not one of each. */
    @Test
    void whoWantsWhatTheScheduleHasHasNobodyElseLookedAt() {
        add(JOE, Optional.of(DAYS_60));
        settle(JOE, Optional.empty(), Optional.of(DAYS_60));
        watches.change(watches.read(SHOP, JOE), changes -> changes.removed(NOON.plusNanos(1)));

        settle(JANE, Optional.empty(), Optional.of(DAYS_60));
        assertEquals("[\"60d\",\"30d\"]", eager(), "nobody else was looked at");
        settle(JANE, Optional.of(DAYS_60), Optional.of(DAYS_60));
        assertEquals("[\"60d\",\"30d\"]", eager());

        settle(JANE, Optional.of(DAYS_60), Optional.of(Policy.NONE));
        assertEquals("", eager(), "something was taken away");
        add(JANE, Optional.of(DAYS_50));
        settle(JANE, Optional.of(Policy.NONE), Optional.of(DAYS_50));
        assertEquals("[\"50d\",\"30d\"]", eager(), "something is new");
    }

    @Test
    void whoeverWritesAtTheSameTimeTheScheduleHasTheMarginsOfAllInTheEnd() throws InterruptedException {
        var threads = IntStream.range(0, 7)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    add(
                            new Owner("o" + i),
                            Optional.of(Policy.parse("{\"warning\": \"6" + i + "d\", \"critical\": \"5d\"}")));
                    margins.settle(SHOP);
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(List.of("66d", "65d", "64d", "63d", "62d", "61d", "60d", "5d"), Json.readTree(eager()));
    }

    /** Otherwise the schedule would keep the first such check for the last, and every one would be told. */
    @Test
    void aCheckThatIsWellButWithinSomebodysMarginIsSettledAnew() {
        var first = result(NOON);
        config.settle(first, Optional.empty());
        var second = result(NOON.plus(Duration.ofDays(1)));
        assertEquals(true, config.isSettled(second));
        add(JANE, Optional.of(DAYS_60));
        margins.settle(SHOP);
        assertEquals(false, config.isSettled(second));
        config.settle(second, Optional.empty());
        assertEquals(true, config.isSettled(second));
        assertEquals(Optional.of(Outcome.of(second)), due().getFirst().last());
        assertEquals("[\"60d\",\"30d\"]", eager(), "which stay");
    }

    private void add(Owner owner, Optional<Policy> policy) {
        watches.change(
                watches.read(SHOP, owner),
                changes -> changes.added(NOON, Optional.empty(), List.of(), List.of(), policy));
    }

    private void settle(Owner owner, Optional<Policy> before, Optional<Policy> after) {
        margins.settle(owner, Map.of(SHOP, new TargetMargins.Change(before, after)));
    }

    private String eager() {
        return due().getFirst().eager().map(Json::write).orElse("");
    }

    private List<Due> due() {
        return config.dueInOrder(Slot.of(SHOP, Cadence.DAILY)).toList();
    }

    /** Fifty days before the end. */
    private static CheckResult result(Instant at) {
        var leaf = Sights.leaf(
                "shop.example", NOON.minus(Duration.ofDays(40)), NOON.plus(Duration.ofDays(50)), "ab".repeat(32));
        var address = Sights.address(leaf);
        return new CheckResult(SHOP, at, new Verdict(Status.OK, List.of()), List.of(address));
    }
}
