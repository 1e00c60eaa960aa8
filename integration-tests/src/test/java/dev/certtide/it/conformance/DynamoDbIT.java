package dev.certtide.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** DynamoDB as its developer guide and API reference describe it, as far as the stack uses it. */
@CerttideStack
class DynamoDbIT {
    private final DynamoDbClient dynamoDb;
    private final String table = "t-" + UUID.randomUUID();

    DynamoDbIT(Stack stack) {
        dynamoDb = stack.dynamoDb();
    }

    @BeforeEach
    void createTable() {
        create();
        dynamoDb.waiter().waitUntilTableExists(request -> request.tableName(table));
    }

    private void create() {
        dynamoDb.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"), attribute("due"), attribute("dueKey"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("due")
                        .keySchema(key("due", KeyType.HASH), key("dueKey", KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build()));
    }

    @AfterEach
    void deleteTable() {
        dynamoDb.deleteTable(request -> request.tableName(table));
    }

    @Test
    void aConditionDecidesAWrite() {
        put("a", "1", Map.of());
        assertThrows(
                ConditionalCheckFailedException.class,
                () -> dynamoDb.putItem(request -> request.tableName(table)
                        .item(item("a", "1", Map.of()))
                        .conditionExpression("attribute_not_exists(pk)")));
        dynamoDb.putItem(request -> request.tableName(table)
                .item(item("a", "2", Map.of("n", number(7))))
                .conditionExpression("attribute_not_exists(pk) OR #n < :n")
                .expressionAttributeNames(Map.of("#n", "n"))
                .expressionAttributeValues(Map.of(":n", number(7))));
        assertThrows(
                ConditionalCheckFailedException.class,
                () -> dynamoDb.deleteItem(request -> request.tableName(table)
                        .key(keyOf("a", "2"))
                        .conditionExpression("n = :n")
                        .expressionAttributeValues(Map.of(":n", number(8)))));
        assertThrows(
                ConditionalCheckFailedException.class,
                () -> dynamoDb.updateItem(request -> request.tableName(table)
                        .key(keyOf("nobody", "1"))
                        .updateExpression("SET n = :n")
                        .conditionExpression("attribute_exists(pk)")
                        .expressionAttributeValues(Map.of(":n", number(8)))));
        assertFalse(get("nobody", "1").containsKey("pk"));
    }

    @Test
    void numbersAreComparedAsNumbersAndTextsByTheirBytes() {
        put("a", "1", Map.of("n", number(9)));
        assertThrows(ConditionalCheckFailedException.class, () -> conditionalDelete("n >= :v", number(10)));
        put("a", "1", Map.of("n", AttributeValue.fromS("9")));
        conditionalDelete("n >= :v", AttributeValue.fromS("10"));
    }

    private void conditionalDelete(String condition, AttributeValue value) {
        dynamoDb.deleteItem(request -> request.tableName(table)
                .key(keyOf("a", "1"))
                .conditionExpression(condition)
                .expressionAttributeValues(Map.of(":v", value)));
    }

    @Test
    void anUpdateSetsAndRemovesAndMakesAnItemThatIsNotThere() {
        put("a", "1", Map.of("former", number(1)));
        dynamoDb.updateItem(request -> request.tableName(table)
                .key(keyOf("a", "1"))
                .updateExpression("SET #new = :v, n = if_not_exists(n, :v) + :v REMOVE former")
                .expressionAttributeNames(Map.of("#new", "new"))
                .expressionAttributeValues(Map.of(":v", number(2))));
        assertEquals(item("a", "1", Map.of("new", number(2), "n", number(4))), get("a", "1"));
        dynamoDb.updateItem(request -> request.tableName(table)
                .key(keyOf("b", "1"))
                .updateExpression("SET n = :v")
                .expressionAttributeValues(Map.of(":v", number(2))));
        assertEquals(item("b", "1", Map.of("n", number(2))), get("b", "1"));
    }

    @Test
    void aQueryGivesWhatBeginsWithAPrefixInOrderPageByPage() {
        IntStream.range(0, 25).forEach(i -> put("a", "x#%02d".formatted(i), Map.of()));
        put("a", "y", Map.of());
        put("b", "x#00", Map.of());
        var first = dynamoDb.query(request -> request.tableName(table)
                .keyConditionExpression("pk = :pk AND begins_with(sk, :x)")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("a"), ":x", AttributeValue.fromS("x#")))
                .limit(10));
        assertEquals(10, first.count());
        assertEquals(keyOf("a", "x#09"), first.lastEvaluatedKey());
        var all = dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :x)")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS("a"), ":x", AttributeValue.fromS("x#")))
                        .limit(10))
                .items()
                .stream()
                .map(item -> item.get("sk").s())
                .toList();
        assertEquals(IntStream.range(0, 25).mapToObj("x#%02d"::formatted).toList(), all);
    }

    @Test
    void aPageEndsAtAMegabyte() {
        var large = AttributeValue.fromS("x".repeat(300_000));
        IntStream.range(0, 5).forEach(i -> put("a", "" + i, Map.of("large", large)));
        var page = dynamoDb.query(request -> request.tableName(table)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("a"))));
        assertTrue(page.count() < 5 && page.hasLastEvaluatedKey(), "all in one page of " + page.count());
    }

    @Test
    void anIndexHasOnlyItemsWithBothOfItsKeys() {
        put(
                "a",
                "1",
                Map.of("due", AttributeValue.fromS("daily#7"), "dueKey", AttributeValue.fromS("a"), "more", number(1)));
        put("b", "1", Map.of("due", AttributeValue.fromS("daily#7")));
        put("c", "1", Map.of());
        var due = dynamoDb.query(request -> request.tableName(table)
                .indexName("due")
                .keyConditionExpression("due = :due")
                .expressionAttributeValues(Map.of(":due", AttributeValue.fromS("daily#7"))));
        assertEquals(List.of(get("a", "1")), due.items());
        expectValidation(
                "onsistent",
                () -> dynamoDb.query(request -> request.tableName(table)
                        .indexName("due")
                        .consistentRead(true)
                        .keyConditionExpression("due = :due")
                        .expressionAttributeValues(Map.of(":due", AttributeValue.fromS("daily#7")))));
    }

    @Test
    void reservedWordsNeedAPlaceholder() {
        put("a", "1", Map.of());
        for (var word : List.of("status", "owner", "name", "ttl", "state")) {
            expectValidation(
                    "reserved keyword",
                    () -> dynamoDb.updateItem(request -> request.tableName(table)
                            .key(keyOf("a", "1"))
                            .updateExpression("SET " + word + " = :v")
                            .expressionAttributeValues(Map.of(":v", number(1)))));
        }
    }

    @Test
    void mistakesAreAnsweredAsDynamoDbAnswersThem() {
        expectValidation(
                "unused",
                () -> dynamoDb.putItem(request -> request.tableName(table)
                        .item(item("a", "1", Map.of()))
                        .conditionExpression("attribute_not_exists(pk)")
                        .expressionAttributeValues(Map.of(":unused", number(1)))));
        expectValidation("empty", () -> put("", "1", Map.of()));
        expectValidation(
                "",
                () -> dynamoDb.getItem(
                        request -> request.tableName(table).key(Map.of("pk", AttributeValue.fromS("a")))));
        expectValidation("size", () -> put("a", "1", Map.of("large", AttributeValue.fromS("x".repeat(410_000)))));
        assertThrows(
                ResourceNotFoundException.class,
                () -> dynamoDb.getItem(
                        request -> request.tableName(table + "-gone").key(keyOf("a", "1"))));
        assertThrows(ResourceInUseException.class, this::create);
    }

    @Test
    void anItemThatIsNotThereIsAnEmptyAnswer() {
        assertFalse(dynamoDb.getItem(request -> request.tableName(table).key(keyOf("a", "1")))
                .hasItem());
        dynamoDb.deleteItem(request -> request.tableName(table).key(keyOf("a", "1")));
    }

    @Test
    void aTimeToLiveCanBeSetAndSeen() {
        assertEquals(TimeToLiveStatus.DISABLED, timeToLive());
        dynamoDb.updateTimeToLive(request -> request.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName("expiresAt").enabled(true)));
        assertTrue(List.of(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING).contains(timeToLive()));
    }

    private TimeToLiveStatus timeToLive() {
        return dynamoDb.describeTimeToLive(request -> request.tableName(table))
                .timeToLiveDescription()
                .timeToLiveStatus();
    }

    private static void expectValidation(String message, Executable call) {
        var refused = assertThrows(AwsServiceException.class, call);
        assertEquals("ValidationException", refused.awsErrorDetails().errorCode());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private void put(String pk, String sk, Map<String, AttributeValue> attributes) {
        dynamoDb.putItem(request -> request.tableName(table).item(item(pk, sk, attributes)));
    }

    private Map<String, AttributeValue> get(String pk, String sk) {
        return dynamoDb.getItem(
                        request -> request.tableName(table).key(keyOf(pk, sk)).consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> item(String pk, String sk, Map<String, AttributeValue> attributes) {
        var item = new HashMap<>(attributes);
        item.putAll(keyOf(pk, sk));
        return item;
    }

    private static Map<String, AttributeValue> keyOf(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
