package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.WatchChanges;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class WatchesTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Target BLOG = Target.parse("blog.example");
    private static final Owner JANE = new Owner("jane");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Table table;
    private Watches watches;

    @BeforeEach
    void watchesInANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        watches = new Watches(table, () -> NOON);
    }

    @Test
    void aWatchReadsBackAndIsChangedAndRemoved() {
        assertEquals(Optional.of(watch(SHOP, JANE)), add(SHOP, JANE));
        assertEquals(List.of(watch(SHOP, JANE)), Watches.of(table, SHOP));
        change(changes -> changes.paused(NOON.plusNanos(1)));
        assertEquals(List.of(paused(SHOP, JANE)), Watches.of(table, SHOP));
        assertEquals(Optional.empty(), change(changes -> changes.removed(NOON.plusNanos(2))));
        assertEquals(List.of(), Watches.of(table, SHOP));
    }

    @Test
    void watchesOfManyOwnersOnOneTargetAreApart() {
        var jane2 = new Owner("jane2");
        add(SHOP, JANE);
        add(SHOP, jane2);
        add(BLOG, JANE);
        add(new Target(SHOP.protocol(), SHOP.host(), 4433), JANE);
        assertEquals(List.of(watch(SHOP, JANE), watch(SHOP, jane2)), Watches.of(table, SHOP));
    }

    @Test
    void aRemovedWatchIsRememberedForAMonthAndNotCounted() {
        add(SHOP, JANE);
        assertEquals(1, watches.count(JANE));
        assertTrue(kept().findNumber("expiresAt").isEmpty());
        change(changes -> changes.removed(NOON.plusSeconds(1)));
        assertEquals(0, watches.count(JANE));
        assertEquals(Optional.of(NOON.plus(Watches.LATEST).getEpochSecond()), kept().findNumber("expiresAt"));
        assertEquals(
                Optional.empty(),
                change(changes -> changes.added(NOON, Optional.empty(), List.of(), List.of(), Optional.empty())));
        change(changes -> changes.added(NOON.plusSeconds(2), Optional.empty(), List.of(), List.of(), Optional.empty()));
        assertEquals(1, watches.count(JANE));
        assertTrue(kept().findNumber("expiresAt").isEmpty(), "DynamoDB would delete a watch");
    }

    @Test
    void whoIsNobodyInParticularIsNotListed() {
        add(SHOP, Owner.DEFAULT);
        assertEquals(0, watches.count(Owner.DEFAULT));
        assertEquals(1, Watches.of(table, SHOP).size());
    }

    @Test
    void theSameAgainIsNotWritten() {
        add(SHOP, JANE);
        table.update(Config.pk(SHOP), "WATCH#jane", Map.of("mark", Optional.of("1")), Condition.present());
        add(SHOP, JANE);
        change(changes -> changes.added(NOON, Optional.of("7"), List.of("prod"), mail(), Optional.empty()));
        assertEquals(Optional.of("1"), kept().find("mark"), "a write would have taken it away");
    }

    @Test
    void whoeverChangesItAtTheSameTimeIsNotOverwritten() throws InterruptedException {
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> change(changes -> i % 2 == 0
                                ? changes.added(
                                        NOON.plusNanos(i),
                                        Optional.of("key" + i),
                                        List.of("tag" + i),
                                        List.of(),
                                        Optional.empty())
                                : changes.paused(NOON.plusNanos(i)))))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        var watch = watches.read(SHOP, JANE).changes().watch(SHOP, JANE).orElseThrow();
        assertEquals(new Watch(SHOP, JANE, true, Optional.of("key6"), List.of("tag6"), List.of(), NOON), watch);
    }

    @Test
    void aWatchFromBeforeChangesWereKeptIsGoneOnWith() {
        var old = paused(SHOP, JANE);
        table.put(Item.of(Config.pk(SHOP), "WATCH#jane").with("watch", Json.write(old)));
        assertEquals(List.of(old), Watches.of(table, SHOP));
        assertEquals(Optional.of(watch(SHOP, JANE)), change(changes -> changes.resumed(NOON.plusSeconds(1))));
        assertEquals(1, watches.count(JANE));
    }

    private Item kept() {
        return table.get(Config.pk(SHOP), "WATCH#jane").orElseThrow();
    }

    private static Watch paused(Target target, Owner owner) {
        var watch = watch(target, owner);
        return new Watch(target, owner, true, watch.externalId(), watch.tags(), watch.channels(), watch.addedAt());
    }

    private Optional<Watch> add(Target target, Owner owner) {
        return watches.change(
                watches.read(target, owner),
                changes -> changes.added(NOON, Optional.of("7"), List.of("prod"), mail(), Optional.empty()));
    }

    private Optional<Watch> change(UnaryOperator<WatchChanges> requests) {
        return watches.change(watches.read(SHOP, JANE), requests);
    }

    private static List<Channel> mail() {
        return List.of(new Channel.Email("jane@example.com"));
    }

    private static Watch watch(Target target, Owner owner) {
        return new Watch(target, owner, false, Optional.of("7"), List.of("prod"), mail(), NOON);
    }
}
