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

    private final Tables tables;
    private final InstantSource clock;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
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

    /** Deletes expired items, if the last time was long enough ago. */
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
        JsonNode page;
        do {
            page = tables.call("Scan", scan);
            for (var item : page.path("Items")) delete(table, attribute, now, keys, item);
            scan.set("ExclusiveStartKey", page.get("LastEvaluatedKey"));
        } while (page.has("LastEvaluatedKey"));
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
