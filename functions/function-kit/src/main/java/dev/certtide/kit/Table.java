package dev.certtide.kit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * One table with the keys {@code pk} and {@code sk}. Reads below one key are strongly consistent, those of an index or of
 * many keys are not; writes carry their conditions.
 *
 * <p>Every method throws the SDK's exceptions when the table can't be reached or throttles after the SDK's retries.
 */
public final class Table {
    /** Amazon DynamoDB API Reference, "BatchGetItem". */
    private static final int MOST_KEYS = 100;

    private final DynamoDbClient dynamoDb;
    private final String name;

    /** The table of that name. */
    public Table(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** One item, if it is there. */
    public Optional<Item> get(String pk, String sk) {
        var response = dynamoDb.getItem(
                request -> request.tableName(name).key(key(pk, sk)).consistentRead(true));
        return response.hasItem() && !response.item().isEmpty()
                ? Optional.of(new Item(response.item()))
                : Optional.empty();
    }

    /**
     * The items with these {@code pk} and that {@code sk} that are there, in no order. What was written just now may be
     * missing: such a read is half as dear.
     */
    public List<Item> getAll(Collection<String> pks, String sk) {
        return pks.stream()
                .distinct()
                .gather(Gatherers.windowFixed(MOST_KEYS))
                .flatMap(some -> getAllOf(some, sk).stream())
                .map(Item::new)
                .toList();
    }

    private List<Map<String, AttributeValue>> getAllOf(List<String> pks, String sk) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        var left = Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(pks.stream().map(pk -> key(pk, sk)).toList())
                        .build());
        var backoff = new Backoff();
        while (!left.isEmpty()) {
            var keys = left;
            var response = dynamoDb.batchGetItem(request -> request.requestItems(keys));
            var some = response.responses().getOrDefault(name, List.of());
            items.addAll(some);
            left = response.unprocessedKeys();
            if (!left.isEmpty()) {
                // What a throttled table leaves unread the SDK asks for again neither by itself nor later.
                backoff.pause(!some.isEmpty(), () -> "DynamoDB leaves items of " + name + " unread");
            }
        }
        return items;
    }

    /** All items below {@code pk} whose {@code sk} begins with {@code prefix}, in the order of {@code sk}. */
    public List<Item> query(String pk, String prefix) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(name)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(Map.of(":pk", Item.text(pk), ":prefix", Item.text(prefix)))
                        .consistentRead(true))
                .items()
                .stream()
                .map(Item::new)
                .toList();
    }

    /** The first of them, as many as {@code most} at most. */
    public List<Item> query(String pk, String prefix, int most) {
        return dynamoDb
                .query(request -> request.tableName(name)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(Map.of(":pk", Item.text(pk), ":prefix", Item.text(prefix)))
                        .consistentRead(true)
                        .limit(most))
                .items()
                .stream()
                .map(Item::new)
                .toList();
    }

    /**
     * The last items below {@code pk} whose {@code sk} is neither below {@code from} nor above {@code to}, the last one
     * first. What was written just now may be missing: such a read is half as dear.
     *
     * @param most how many at most, 1 or more
     */
    public List<Item> descending(String pk, String from, String to, int most) {
        return dynamoDb
                .query(request -> request.tableName(name)
                        .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                        .expressionAttributeValues(
                                Map.of(":pk", Item.text(pk), ":from", Item.text(from), ":to", Item.text(to)))
                        .scanIndexForward(false)
                        .limit(most))
                .items()
                .stream()
                .map(Item::new)
                .toList();
    }

    /**
     * All items that an index has below {@code value} of its partition key, in the order of its sort key, read page by
     * page as they are consumed, so that a partition of any size passes through little memory. To be consumed once, by
     * one thread.
     */
    public Stream<Item> readIndex(String index, String partitionKey, String value) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(name)
                        .indexName(index)
                        .keyConditionExpression("#partition = :value")
                        .expressionAttributeNames(Map.of("#partition", partitionKey))
                        .expressionAttributeValues(Map.of(":value", Item.text(value))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** How many items an index has below {@code value} of its partition key; nothing else of them is read. */
    public long countIndex(String index, String partitionKey, String value) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(name)
                        .indexName(index)
                        .select(Select.COUNT)
                        .keyConditionExpression("#partition = :value")
                        .expressionAttributeNames(Map.of("#partition", partitionKey))
                        .expressionAttributeValues(Map.of(":value", Item.text(value))))
                .stream()
                .mapToLong(QueryResponse::count)
                .sum();
    }

    /** Writes an item, whatever was there. */
    public void put(Item item) {
        dynamoDb.putItem(request -> request.tableName(name).item(item.attributes()));
    }

    /** Writes an item if the condition holds; tells whether it did. */
    public boolean put(Item item, Condition condition) {
        try {
            dynamoDb.putItem(request -> request.tableName(name)
                    .item(item.attributes())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(orNull(condition.names()))
                    .expressionAttributeValues(orNull(condition.values())));
            return true;
        } catch (ConditionalCheckFailedException conditionDoesNotHold) {
            return false;
        }
    }

    /**
     * Changes attributes of an item if the condition holds; tells whether it did.
     *
     * @param set texts to set; an empty one removes the attribute
     */
    public boolean update(String pk, String sk, Map<String, Optional<String>> set, Condition condition) {
        var names = new HashMap<>(condition.names());
        var values = new HashMap<>(condition.values());
        var sets = new StringBuilder();
        var removes = new StringBuilder();
        int i = 0;
        for (var entry : set.entrySet()) {
            var placeholder = "a" + i++;
            names.put("#" + placeholder, entry.getKey());
            if (entry.getValue().isPresent()) {
                values.put(":" + placeholder, Item.text(entry.getValue().get()));
                sets.append(sets.isEmpty() ? "SET " : ", ").append("#" + placeholder + " = :" + placeholder);
            } else {
                removes.append(removes.isEmpty() ? " REMOVE " : ", ").append("#" + placeholder);
            }
        }
        try {
            dynamoDb.updateItem(request -> request.tableName(name)
                    .key(key(pk, sk))
                    .updateExpression(sets.toString() + removes)
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(orNull(names))
                    .expressionAttributeValues(orNull(values)));
            return true;
        } catch (ConditionalCheckFailedException conditionDoesNotHold) {
            return false;
        }
    }

    /**
     * Adds to numbers of an item if the condition holds; tells whether it did.
     *
     * @param amounts what is added to which attribute; one that is not there counts as zero
     */
    public boolean add(String pk, String sk, Map<String, Long> amounts, Condition condition) {
        var names = new HashMap<>(condition.names());
        var values = new HashMap<>(condition.values());
        amounts.forEach((attribute, amount) -> {
            names.put("#add_" + attribute, attribute);
            values.put(":add_" + attribute, Item.number(amount));
        });
        var additions = amounts.keySet().stream()
                .map(attribute -> "#add_" + attribute + " :add_" + attribute)
                .collect(Collectors.joining(", "));
        try {
            dynamoDb.updateItem(request -> request.tableName(name)
                    .key(key(pk, sk))
                    .updateExpression("ADD " + additions)
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException conditionDoesNotHold) {
            return false;
        }
    }

    /**
     * Adds one to a number of an item, which is zero when it is not there, and has the item expire then; returns the
     * number that it is now. However many count at the same time, each gets a number of its own.
     */
    public long count(String pk, String sk, String attribute, Instant expiresAt) {
        var counted = dynamoDb.updateItem(request -> request.tableName(name)
                .key(key(pk, sk))
                .updateExpression("ADD #number :one SET #expiry = :expiry")
                .expressionAttributeNames(Map.of("#number", attribute, "#expiry", "expiresAt"))
                .expressionAttributeValues(
                        Map.of(":one", Item.number(1), ":expiry", Item.number(expiresAt.getEpochSecond())))
                .returnValues(ReturnValue.UPDATED_NEW));
        return Long.parseLong(counted.attributes().get(attribute).n());
    }

    /** Deletes an item if the condition holds; tells whether it did. */
    public boolean delete(String pk, String sk, Condition condition) {
        try {
            dynamoDb.deleteItem(request -> request.tableName(name)
                    .key(key(pk, sk))
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(orNull(condition.names()))
                    .expressionAttributeValues(orNull(condition.values())));
            return true;
        } catch (ConditionalCheckFailedException conditionDoesNotHold) {
            return false;
        }
    }

    /** Deletes an item, if it is there. */
    public void delete(String pk, String sk) {
        dynamoDb.deleteItem(request -> request.tableName(name).key(key(pk, sk)));
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", Item.text(pk), "sk", Item.text(sk));
    }

    // DynamoDB refuses empty maps of placeholders.
    private static <V> Map<String, V> orNull(Map<String, V> map) {
        return map.isEmpty() ? null : map;
    }
}
