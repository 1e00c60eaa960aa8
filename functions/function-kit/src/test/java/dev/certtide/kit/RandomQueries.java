package dev.certtide.kit;

import dev.certtide.kit.RandomCalls.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Queries and scans by chance. */
final class RandomQueries {
    private final Random random;
    private final List<String> pks;
    private final List<String> sks;

    RandomQueries(Random random, List<String> pks, List<String> sks) {
        this.random = random;
        this.pks = pks;
        this.sks = sks;
    }

    /**
     * A page as the caller sees it.
     *
     * @param next where the next one begins; empty after the last
     */
    private record Page(int count, List<Map<String, AttributeValue>> items, Map<String, AttributeValue> next) {}

    Call next() {
        return switch (random.nextInt(6)) {
            case 0 -> index();
            case 1 -> scan();
            default -> table();
        };
    }

    private Call table() {
        var values = new HashMap<String, AttributeValue>();
        var condition = condition(values);
        boolean forward = random.nextInt(3) > 0;
        // dynalite compares where a page begins with what is asked for in UTF-16, which is not the order that it has.
        boolean isInOrder = values.values().stream().noneMatch(value -> value.s() != null && isBeyondUtf16(value.s()));
        var limit = isInOrder && random.nextInt(3) == 0 ? Integer.valueOf(random.nextInt(4)) : null;
        var select = random.nextInt(6) == 0 ? Select.COUNT : null;
        return new Call(
                "query " + condition + values + " forward " + forward + " limit " + limit + " " + select,
                (client, table) -> pages(
                        client,
                        QueryRequest.builder()
                                .tableName(table)
                                .keyConditionExpression(condition)
                                .expressionAttributeValues(values)
                                .scanIndexForward(forward)
                                .limit(limit)
                                .select(select)
                                .consistentRead(true)
                                .build()));
    }

    private String condition(Map<String, AttributeValue> values) {
        values.put(":pk", Item.text(pks.get(random.nextInt(pks.size()))));
        if (random.nextInt(6) == 0) {
            return "pk = :pk";
        }
        values.put(":low", Item.text(sk()));
        return switch (random.nextInt(10)) {
            case 0, 1 -> "pk = :pk AND sk " + List.of("=", "<", "<=", ">", ">=").get(random.nextInt(5)) + " :low";
            case 2, 3, 4 -> {
                var prefix = sk();
                values.put(":low", Item.text(prefix.substring(0, prefix.offsetByCodePoints(0, 1))));
                yield "pk = :pk AND begins_with(sk, :low)";
            }
            case 5, 6, 7 -> between(values);
            case 8 -> ":low " + List.of("=", "<", "<=", ">", ">=").get(random.nextInt(5)) + " sk AND :pk = pk";
            default -> mistake(values);
        };
    }

    private String between(Map<String, AttributeValue> values) {
        var low = sk();
        var high = sk();
        // The two, too, which then are the wrong way round.
        values.put(":low", Item.text(isBeyondUtf16(low) || isBeyondUtf16(high) ? "A" : low));
        values.put(":high", Item.text(high));
        return "pk = :pk AND sk BETWEEN :low AND :high";
    }

    /** Whether it has what UTF-16 and UTF-8 put into a different order. */
    private static boolean isBeyondUtf16(String text) {
        return text.chars().anyMatch(c -> c >= Character.MIN_SURROGATE);
    }

    private String mistake(Map<String, AttributeValue> values) {
        return switch (random.nextInt(7)) {
            case 0 -> "pk = :pk";
            case 1 -> "sk = :low";
            case 2 -> "pk = :pk OR sk = :low";
            case 3 -> "pk = :pk AND sk <> :low";
            case 4 -> "pk = :pk AND pk = :low";
            case 5 -> {
                values.put(":low", Item.number(1));
                yield "pk = :pk AND sk = :low";
            }
            default -> "pk > :pk AND sk = :low";
        };
    }

    /** Page by page to the end: where pages end is part of the answer. */
    private static List<Page> pages(DynamoDbClient client, QueryRequest request) {
        var pages = new ArrayList<Page>();
        var next = request;
        while (true) {
            QueryResponse page = client.query(next);
            pages.add(new Page(page.count(), page.items(), page.lastEvaluatedKey()));
            if (page.lastEvaluatedKey().isEmpty()) {
                return pages;
            }
            next = request.toBuilder()
                    .exclusiveStartKey(page.lastEvaluatedKey())
                    .build();
        }
    }

    /** What is equal by the keys of an index comes in no order that DynamoDB tells. */
    private Call index() {
        boolean isDue = random.nextBoolean();
        var sortKey = isDue ? "dueKey" : "pk";
        var value = List.of("a", "b", "é", "daily#1").get(random.nextInt(4));
        boolean forward = random.nextBoolean();
        var limit = random.nextBoolean() ? 2 : null;
        return new Call(
                "query the index " + (isDue ? "due" : "owner") + " for " + value + " limit " + limit,
                (client, table) -> {
                    var pages = pages(
                            client,
                            QueryRequest.builder()
                                    .tableName(table)
                                    .indexName(isDue ? "due" : "owner")
                                    .keyConditionExpression("#partition = :value")
                                    .expressionAttributeNames(Map.of("#partition", isDue ? "due" : "owner"))
                                    .expressionAttributeValues(Map.of(":value", Item.text(value)))
                                    .scanIndexForward(forward)
                                    .limit(limit)
                                    .build());
                    var items =
                            pages.stream().flatMap(page -> page.items.stream()).toList();
                    return List.of(
                            pages.size(),
                            items.stream().map(item -> item.get(sortKey).s()).toList(),
                            sorted(items));
                });
    }

    private Call scan() {
        var limit = random.nextBoolean() ? random.nextInt(1, 9) : null;
        return new Call(
                "scan limit " + limit,
                (client, table) -> sorted(
                        client
                                .scanPaginator(ScanRequest.builder()
                                        .tableName(table)
                                        .limit(limit)
                                        .build())
                                .items()
                                .stream()
                                .toList()));
    }

    private static List<Map<String, AttributeValue>> sorted(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .sorted(Comparator.comparing(
                        item -> item.get("pk").s() + "\0" + item.get("sk").s()))
                .toList();
    }

    private String sk() {
        return sks.get(random.nextInt(sks.size()));
    }
}
