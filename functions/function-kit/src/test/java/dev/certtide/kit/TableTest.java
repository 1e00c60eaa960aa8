package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class TableTest {
    private static final Item ITEM = Item.of("p", "s").with("text", "b").with("number", 5);

    private Table table;

    @BeforeEach
    void newTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
    }

    @Test
    void anItemReadsBackAsItWasWritten() {
        assertEquals(Optional.empty(), table.get("p", "s"));
        table.put(ITEM);
        assertEquals(Optional.of(ITEM), table.get("p", "s"));
        table.delete("p", "s");
        assertEquals(Optional.empty(), table.get("p", "s"));
        table.delete("p", "s");
    }

    @Test
    void manyItemsAreReadAtOnce() {
        var keys = IntStream.range(0, 230).mapToObj(i -> "p" + i).toList();
        keys.stream().skip(10).forEach(pk -> table.put(Item.of(pk, "s").with("text", "x".repeat(5_000))));
        table.put(Item.of("p0", "other"));
        assertEquals(
                keys.stream().skip(10).sorted().toList(),
                table.getAll(keys, "s").stream().map(Item::pk).sorted().toList());
    }

    @Test
    void absentHoldsOnceOnly() {
        assertTrue(table.put(ITEM, Condition.absent()));
        assertFalse(table.put(ITEM.with("text", "other"), Condition.absent()));
        assertEquals(Optional.of(ITEM), table.get("p", "s"));
    }

    @Test
    void presentHoldsForWhatIsThere() {
        assertFalse(table.put(ITEM, Condition.present()));
        assertEquals(Optional.empty(), table.get("p", "s"));
        table.put(ITEM);
        assertTrue(table.put(ITEM, Condition.present()));
    }

    @Test
    void absentOrAtMostComparesTextsAndNumbers() {
        assertTrue(table.put(ITEM, Condition.absentOrAtMost("text", "a")));
        assertFalse(table.put(ITEM, Condition.absentOrAtMost("text", "a")));
        assertTrue(table.put(ITEM, Condition.absentOrAtMost("text", "b")));
        assertTrue(table.put(ITEM, Condition.absentOrAtMost("text", "c")));
        assertFalse(table.put(ITEM, Condition.absentOrAtMost("number", 4)));
        assertTrue(table.put(ITEM, Condition.absentOrAtMost("number", 5)));
        assertTrue(table.put(ITEM, Condition.absentOrAtMost("number", 10)), "as numbers, not as texts");
    }

    @Test
    void equalHoldsForThatTextOnly() {
        assertFalse(table.put(ITEM, Condition.equal("text", "b")));
        table.put(ITEM);
        assertFalse(table.delete("p", "s", Condition.equal("text", "a")));
        assertFalse(table.delete("p", "s", Condition.equal("none", "a")));
        assertTrue(table.delete("p", "s", Condition.equal("text", "b")));
        assertFalse(table.delete("p", "s", Condition.equal("text", "b")));
    }

    @Test
    void presentAndNotHoldsForAnotherTextOrNone() {
        assertFalse(table.put(ITEM, Condition.presentAndNot("text", "b")));
        table.put(ITEM);
        assertFalse(table.put(ITEM, Condition.presentAndNot("text", "b")));
        assertTrue(table.put(ITEM, Condition.presentAndNot("text", "x")));
        assertTrue(table.put(ITEM, Condition.presentAndNot("none", "x")));
    }

    @Test
    void anUpdateSetsAndRemovesAndLeavesTheRest() {
        assertFalse(table.update("p", "s", Map.of("text", Optional.of("x")), Condition.present()));
        assertEquals(Optional.empty(), table.get("p", "s"), "an update of nothing makes no item");
        table.put(ITEM.with("more", "m"));
        assertTrue(table.update(
                "p",
                "s",
                Map.of("text", Optional.of("x"), "status", Optional.of("new"), "more", Optional.empty()),
                Condition.present()));
        assertEquals(Optional.of(ITEM.with("text", "x").with("status", "new")), table.get("p", "s"));
        assertFalse(table.update("p", "s", Map.of("text", Optional.of("y")), Condition.equal("text", "b")));
        assertTrue(table.update("p", "s", Map.of("text", Optional.empty()), Condition.equal("text", "x")));
        assertEquals(Optional.empty(), table.get("p", "s").orElseThrow().find("text"));
    }

    @Test
    void whoeverCountsGetsANumberOfItsOwn() {
        var until = Instant.parse("2026-11-22T06:00:00Z");
        var numbers = IntStream.range(0, 20)
                .boxed()
                .gather(Gatherers.mapConcurrent(20, _ -> table.count("p", "s", "messages", until)))
                .sorted()
                .toList();
        assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), numbers);
        assertEquals(
                Optional.of(until.getEpochSecond()),
                table.get("p", "s").orElseThrow().findNumber("expiresAt"));
    }

    @Test
    void aQueryGivesEverythingBelowThePrefixInOrderHoweverMuchItIs() {
        // Together more than the 1 MB that DynamoDB answers at a time.
        var text = "x".repeat(300_000);
        for (int i : new int[] {3, 1, 2, 5, 4}) {
            table.put(Item.of("p", "A#" + i).with("text", text));
        }
        table.put(Item.of("p", "B#1"));
        table.put(Item.of("q", "A#1"));
        assertEquals(
                IntStream.rangeClosed(1, 5).mapToObj(i -> "A#" + i).toList(),
                table.query("p", "A#").stream().map(Item::sk).toList());
        assertEquals(0, table.query("none", "A#").size());
    }

    @Test
    void theIndexHoldsWhatHasItsKeysOnly() {
        table.put(Item.of("a", "TARGET").with("due", "daily#1").with("dueKey", "a"));
        table.put(Item.of("b", "TARGET").with("due", "daily#2").with("dueKey", "b"));
        table.put(Item.of("c", "WATCH"));
        assertEquals(
                List.of("a"),
                table.readIndex("due", "due", "daily#1").map(Item::pk).toList());
        assertEquals(0, table.readIndex("due", "due", "daily#3").count());
    }
}
