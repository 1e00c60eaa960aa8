package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.memory.Lateness;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** What chance seldom comes upon, and what dynalite does not do as DynamoDB does. */
@ExtendWith(Engines.class)
class MemoryTableTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemoryDynamoDb memory = new MemoryDynamoDb(() -> now);
    private final String name = memory.newTable();
    private final Table table = new Table(memory, name);

    @Test
    void pagesEndWhereTheyEndInDynalite(LocalDynamoDb dynamoDb) {
        assertEquals(pages(dynamoDb.client(), dynamoDb.newTable()), pages(memory, name));
    }

    private static List<List<String>> pages(DynamoDbClient client, String name) {
        var table = new Table(client, name);
        IntStream.range(0, 9)
                .forEach(i -> table.put(Item.of("p", "s" + i).with("text", "x".repeat(i < 4 ? 300_000 : 120_000))));
        return client
                .queryPaginator(request -> request.tableName(name)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", Item.text("p"))))
                .stream()
                .map(page ->
                        page.items().stream().map(item -> item.get("sk").s()).toList())
                .toList();
    }

    @Test
    void anItemMayHave400KilobytesAsInDynalite(LocalDynamoDb dynamoDb) {
        for (var one : List.of(dynamoDb.table(), table)) {
            // Names count: pk, sk and text are 8 bytes, and so do the two bytes of the key's values.
            one.put(Item.of("p", "s").with("text", "x".repeat(400 * 1024 - 10)));
            var larger = Item.of("p", "s").with("text", "x".repeat(400 * 1024 - 9));
            assertThrows(DynamoDbException.class, () -> one.put(larger));
        }
    }

    @Test
    void aKeyOfAnIndexMustNotBeEmpty() {
        // Developer Guide, "Supported data types": dynalite takes it.
        assertThrows(DynamoDbException.class, () -> table.put(Item.of("p", "s").with("owner", "")));
        table.put(Item.of("p", "s"));
        assertThrows(
                DynamoDbException.class,
                () -> table.update("p", "s", Map.of("owner", Optional.of("")), Condition.present()));
    }

    @Test
    void textsAreComparedAsUtf8InConditionsToo() {
        // dynalite compares them as UTF-16, in which these two are the other way round.
        table.put(Item.of("p", "s").with("text", "😀"));
        assertEquals(false, table.put(Item.of("p", "s"), Condition.absentOrAtMost("text", "\uFFFD")));
        assertEquals(true, table.put(Item.of("p", "s"), Condition.absentOrMore("text", "\uFFFD")));
    }

    @Test
    void whatIsNotKnownFailsAloud() {
        var key = Map.of("pk", Item.text("p"), "sk", Item.text("s"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> memory.deleteItem(
                        request -> request.tableName(name).key(key).returnValues(ReturnValue.ALL_OLD)));
        assertThrows(UnsupportedOperationException.class, () -> memory.listTables());
        var item = Map.of("pk", Item.text("p"), "sk", Item.text("s"), "list", AttributeValue.fromL(List.of()));
        assertThrows(
                UnsupportedOperationException.class,
                () -> memory.putItem(request -> request.tableName(name).item(item)));
    }

    @Test
    void aNameThatMayBeReservedNeedsAPlaceholder() {
        var condition = new Condition("attribute_exists(owner)", Map.of(), Map.of());
        assertThrows(UnsupportedOperationException.class, () -> table.delete("p", "s", condition));
    }

    @Test
    void anIndexIsLateBySoManyCalls() {
        memory.late(new Lateness.Calls(2));
        table.put(due("a"));
        assertEquals(List.of(), listed());
        assertEquals(List.of(), listed());
        assertEquals(List.of("a"), listed());
        assertEquals(Optional.of(due("a")), table.get("a", "s"), "the table is not late");
    }

    @Test
    void anIndexIsLateBySoMuchTime() {
        memory.late(new Lateness.Time(Duration.ofSeconds(2)));
        table.put(due("a"));
        now = now.plusSeconds(1);
        table.put(due("b"));
        assertEquals(List.of(), listed());
        now = now.plusSeconds(1);
        assertEquals(List.of("a"), listed());
        now = now.plusSeconds(1);
        assertEquals(List.of("a", "b"), listed());
    }

    @Test
    void anIndexIsLateUntilItIsTold() {
        table.put(due("gone"));
        memory.late(new Lateness.UntilTold());
        table.put(due("a"));
        table.delete("gone", "s");
        assertEquals(List.of("gone"), listed(), "it has what is deleted, too");
        memory.catchUp();
        assertEquals(List.of("a"), listed());
    }

    @Test
    void whatIsPastItsTimeToLiveIsDeletedWhenTheTestSaysSo() {
        table.put(due("a").with("expiresAt", now.getEpochSecond()));
        memory.deleteExpired();
        assertEquals(List.of("a"), listed());
        now = now.plusSeconds(1);
        assertEquals(List.of("a"), listed(), "DynamoDB takes its time");
        memory.deleteExpired();
        assertEquals(List.of(), listed());
        assertEquals(Optional.empty(), table.get("a", "s"));
    }

    private static Item due(String pk) {
        return Item.of(pk, "s").with("due", "d").with("dueKey", pk);
    }

    private List<String> listed() {
        return table.readIndex("due", "due", "d").map(Item::pk).toList();
    }
}
