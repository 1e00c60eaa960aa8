package dev.certtide.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What is counted of tables, by the chapters on capacity in DynamoDB's developer guide. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableMeterTest {
    private static final String TABLE = "metered";
    private static final String INDEX = TABLE + "/due";

    private LocalCloud cloud;
    private Clients clients;
    private Usage before;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        cloud = LocalCloud.of(SampleAssembly.write(folder)).port(0).metered(true).start();
        clients = Clients.of(cloud.endpoint());
        clients.dynamoDb().createTable(b -> b.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH))
                .attributeDefinitions(texts("pk", "due"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("due")
                        .keySchema(key("due", KeyType.HASH))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes("shown")
                                .build())
                        .build()));
        await().until(() -> clients.dynamoDb()
                .describeTable(b -> b.tableName(TABLE))
                .table()
                .tableStatusAsString()
                .equals("ACTIVE"));
    }

    @AfterAll
    void stop() {
        clients.close();
        cloud.close();
    }

    @BeforeEach
    void snapshot() {
        before = cloud.usage();
    }

    @Test
    void aWriteCostsWhatTheTableAndTheIndexTake() {
        put("a", Map.of());
        assertUnits(Charge.WRITE_UNITS, 1, 0, "an item that the index does not hold");
        put("b", Map.of("due", "1"));
        assertUnits(Charge.WRITE_UNITS, 1, 1, "an item that comes into the index");
        put("b", Map.of("due", "1", "hidden", "x"));
        assertUnits(Charge.WRITE_UNITS, 1, 0, "a change of what the index does not hold");
        put("b", Map.of("due", "1", "shown", "x"));
        assertUnits(Charge.WRITE_UNITS, 1, 1, "a change of what it holds");
        put("b", Map.of("due", "2", "shown", "x"));
        assertUnits(Charge.WRITE_UNITS, 1, 2, "a change of its key");
        put("b", Map.of("hidden", "x".repeat(2_500)));
        assertUnits(Charge.WRITE_UNITS, 3, 1, "an item that leaves it, and has grown");
        clients.dynamoDb().deleteItem(b -> b.tableName(TABLE).key(Map.of("pk", text("b"))));
        assertUnits(Charge.WRITE_UNITS, 3, 0, "a deletion, by the size of what is gone");
    }

    @Test
    void aWriteThatItsConditionRefusesCostsToo() {
        put("c", Map.of("due", "1", "hidden", "x".repeat(1_500)));
        snapshot();

        assertThrows(
                ConditionalCheckFailedException.class, () -> clients.dynamoDb().putItem(b -> b.tableName(TABLE)
                        .item(Map.of("pk", text("c")))
                        .conditionExpression("attribute_not_exists(pk)")));

        assertUnits(Charge.WRITE_UNITS, 2, 0, "a refused write");
    }

    @Test
    void anInvalidRequestIsRefusedAsTheEngineRefusesItAndCostsNothing() {
        var dynamoDb = clients.dynamoDb();
        put("invalid", Map.of("due", "1"));
        snapshot();

        assertThrows(
                ResourceNotFoundException.class,
                () -> dynamoDb.deleteItem(b -> b.tableName("no-such-table").key(Map.of("pk", text("invalid")))));
        var withoutKey = assertThrows(
                DynamoDbException.class,
                () -> dynamoDb.putItem(b -> b.tableName(TABLE).item(Map.of("other", text("x")))));
        var wrongUpdate = assertThrows(
                DynamoDbException.class,
                () -> dynamoDb.updateItem(b ->
                        b.tableName(TABLE).key(Map.of("pk", text("invalid"))).updateExpression("SET nonsense")));
        var wrongBatch = assertThrows(
                DynamoDbException.class,
                () -> dynamoDb.batchWriteItem(b -> b.requestItems(Map.of(
                        "no-such-table",
                        List.of(WriteRequest.builder()
                                .deleteRequest(d -> d.key(Map.of("pk", text("invalid"))))
                                .build())))));

        for (var refusal : List.of(withoutKey, wrongUpdate, wrongBatch)) {
            assertEquals(400, refusal.statusCode(), refusal.getMessage());
        }
        assertUnits(Charge.WRITE_UNITS, 0, 0, "requests that are invalid");
    }

    @Test
    void whatCannotBeCountedIsRefusedWithASentence() {
        var refusal = assertThrows(DynamoDbException.class, () -> clients.dynamoDb()
                .transactWriteItems(b -> b.transactItems(TransactWriteItem.builder()
                        .put(put -> put.tableName(TABLE).item(Map.of("pk", text("t"))))
                        .build())));

        assertEquals(400, refusal.statusCode());
        assertEquals(
                "The meter cannot count TransactWriteItems.",
                refusal.awsErrorDetails().errorMessage());
    }

    @Test
    void anUpdateCostsLikeAPut() {
        put("d", Map.of("due", "1"));
        snapshot();

        clients.dynamoDb().updateItem(b -> b.tableName(TABLE)
                .key(Map.of("pk", text("d")))
                .updateExpression("SET shown = :v")
                .expressionAttributeValues(Map.of(":v", text("x"))));

        assertUnits(Charge.WRITE_UNITS, 1, 1, "an update");
    }

    @Test
    void anUpdateThatItsConditionRefusesCostsToo() {
        put("u", Map.of("due", "1", "hidden", "x".repeat(1_500)));
        snapshot();

        assertThrows(
                ConditionalCheckFailedException.class,
                () -> clients.dynamoDb().updateItem(b -> b.tableName(TABLE)
                        .key(Map.of("pk", text("u")))
                        .updateExpression("SET due = :v")
                        .conditionExpression("attribute_not_exists(pk)")
                        .expressionAttributeValues(Map.of(":v", text("x")))));

        assertUnits(Charge.WRITE_UNITS, 2, 0, "a refused update");
    }

    @Test
    void whoAsksWhatAWriteReturnsIsToldAndNobodyElseIs() {
        put("r", Map.of("due", "1"));
        snapshot();

        var old = Map.of("pk", text("r"), "due", text("1"));
        var put = clients.dynamoDb()
                .putItem(b -> b.tableName(TABLE).item(Map.of("pk", text("r"))).returnValues(ReturnValue.ALL_OLD));
        assertEquals(old, put.attributes());
        assertUnits(Charge.WRITE_UNITS, 1, 1, "a write that returns what was there");

        var silent = clients.dynamoDb().putItem(b -> b.tableName(TABLE).item(old));
        assertFalse(silent.hasAttributes());
        var gone = clients.dynamoDb().deleteItem(b -> b.tableName(TABLE).key(Map.of("pk", text("r"))));
        assertFalse(gone.hasAttributes());
        assertUnits(Charge.WRITE_UNITS, 2, 2, "two that return nothing");
    }

    @Test
    void aReadCostsHalfAUnitUnlessItMustBeConsistent() {
        put("e", Map.of("due", "e"));
        snapshot();

        clients.dynamoDb().getItem(b -> b.tableName(TABLE).key(Map.of("pk", text("e"))));
        assertUnits(Charge.READ_UNITS, 0.5, 0, "eventually consistent");
        clients.dynamoDb()
                .getItem(b -> b.tableName(TABLE).key(Map.of("pk", text("e"))).consistentRead(true));
        assertUnits(Charge.READ_UNITS, 1, 0, "consistent");
        clients.dynamoDb().query(b -> b.tableName(TABLE)
                .indexName("due")
                .keyConditionExpression("due = :d")
                .expressionAttributeValues(Map.of(":d", text("e"))));
        assertUnits(Charge.READ_UNITS, 0, 0.5, "of the index");
    }

    private void assertUnits(Charge charge, double table, double index, String what) {
        var used = cloud.usage().since(before);
        assertEquals(table, used.of(charge, TABLE), what);
        assertEquals(index, used.of(charge, INDEX), what);
        snapshot();
    }

    private void put(String pk, Map<String, String> attributes) {
        var item = new HashMap<>(Map.of("pk", text(pk)));
        attributes.forEach((name, value) -> item.put(name, text(value)));
        clients.dynamoDb().putItem(b -> b.tableName(TABLE).item(item));
    }

    private static List<AttributeDefinition> texts(String... names) {
        return Stream.of(names)
                .map(name -> AttributeDefinition.builder()
                        .attributeName(name)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
