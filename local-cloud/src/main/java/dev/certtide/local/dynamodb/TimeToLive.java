package dev.certtide.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.local.template.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Time to live, which dynalite does not have: answers its two operations, and deletes expired items now and then, by the
 * cloud's clock. On AWS that takes up to some days; whoever reads must check the expiry anyway.
 */
public final class TimeToLive {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** Items of a table that one sweep reads at the least, if there are as many. */
    private static final int ITEMS_PER_SWEEP = 10_000;

    private final Tables tables;
    private final InstantSource clock;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    /** Where the next sweep of a table goes on. */
    private final Map<String, JsonNode> next = new ConcurrentHashMap<>();

    private Instant lastSweep;

    public TimeToLive(Tables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        lastSweep = clock.instant();
    }

    /** Takes over what the template says. */
    public void apply(List<TableSpec> specs) {
        for (var spec : specs)
            spec.timeToLiveAttribute().ifPresent(attribute -> attributes.put(spec.name(), attribute));
    }

    /** Whether this class, and not the engine, answers the operation. */
    public static boolean answers(String operation) {
        return operation.equals("UpdateTimeToLive") || operation.equals("DescribeTimeToLive");
    }

    /**
     * Answers {@code UpdateTimeToLive} or {@code DescribeTimeToLive}.
     *
     * @throws DynamoDbException with the code that DynamoDB would answer
     */
    public JsonNode answer(String operation, JsonNode request) {
        var table = request.path("TableName").asText();
        tables.call("DescribeTable", Tables.JSON.createObjectNode().put("TableName", table));
        return operation.equals("UpdateTimeToLive")
                ? update(table, request.path("TimeToLiveSpecification"))
                : describe(table);
    }

    private JsonNode update(String table, JsonNode specification) {
        var attribute = specification.path("AttributeName").asText("");
        if (attribute.isEmpty() || !specification.path("Enabled").isBoolean()) {
            throw new DynamoDbException(
                    "ValidationException", "TimeToLiveSpecification needs AttributeName and Enabled");
        }
        boolean enable = specification.path("Enabled").asBoolean();
        if (enable == attributes.containsKey(table)) {
            throw new DynamoDbException(
                    "ValidationException", "TimeToLive is already " + (enable ? "enabled" : "disabled"));
        }
        if (enable) attributes.put(table, attribute);
        else attributes.remove(table);
        var answer = Tables.JSON.createObjectNode();
        answer.set("TimeToLiveSpecification", specification);
        return answer;
    }

    private JsonNode describe(String table) {
        var answer = Tables.JSON.createObjectNode();
        var description = answer.putObject("TimeToLiveDescription");
        var attribute = Optional.ofNullable(attributes.get(table));
        description.put("TimeToLiveStatus", attribute.isPresent() ? "ENABLED" : "DISABLED");
        attribute.ifPresent(name -> description.put("AttributeName", name));
        return answer;
    }

    /**
     * Deletes expired items, if the last time was long enough ago. A sweep reads some thousand items of each table and the
     * next one goes on from there, so that it takes no longer when a table has a million.
     */
    public synchronized void sweepWhenDue() {
        var now = clock.instant();
        if (now.isBefore(lastSweep.plus(INTERVAL))) return;
        lastSweep = now;
        attributes.forEach((table, attribute) -> sweep(table, attribute, now));
    }

    private void sweep(String table, String attribute, Instant now) {
        var description =
                tables.call("DescribeTable", Tables.JSON.createObjectNode().put("TableName", table));
        var keys = description.path("Table").path("KeySchema").findValuesAsText("AttributeName");
        var scan = expired(table, attribute, now);
        scan.put("FilterExpression", "#ttl < :now");
        scan.put("Limit", ITEMS_PER_SWEEP);
        var from = Optional.ofNullable(next.remove(table));
        int read = 0;
        do {
            from.ifPresent(key -> scan.set("ExclusiveStartKey", key));
            var page = tables.call("Scan", scan);
            for (var item : page.path("Items")) delete(table, attribute, now, keys, item);
            read += page.path("ScannedCount").asInt();
            from = Optional.ofNullable(page.get("LastEvaluatedKey"));
        } while (from.isPresent() && read < ITEMS_PER_SWEEP);
        from.ifPresent(key -> next.put(table, key));
    }

    private void delete(String table, String attribute, Instant now, List<String> keys, JsonNode item) {
        // With the condition: it may have been written anew since it was read.
        var request = expired(table, attribute, now).put("ConditionExpression", "#ttl < :now");
        var key = request.putObject("Key");
        for (var name : keys) key.set(name, item.get(name));
        try {
            tables.call("DeleteItem", request);
        } catch (DynamoDbException e) {
            if (!e.code().equals("ConditionalCheckFailedException")) throw e;
        }
    }

    private static ObjectNode expired(String table, String attribute, Instant now) {
        var request = Tables.JSON.createObjectNode().put("TableName", table);
        request.putObject("ExpressionAttributeNames").put("#ttl", attribute);
        request.putObject("ExpressionAttributeValues").putObject(":now").put("N", Long.toString(now.getEpochSecond()));
        return request;
    }
}
