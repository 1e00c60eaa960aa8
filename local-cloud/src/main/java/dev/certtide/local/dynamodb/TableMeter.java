package dev.certtide.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Meter;
import dev.certtide.local.meter.WriteUnits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Counts the request units that requests consume. The engine tells those of reads. For writes it knows nothing of indexes
 * and of refused conditions, so that items are looked at before and after; writes of one item wait for each other
 * meanwhile. Whoever writes waits for that, too, and is billed for the time: where the engine can tell with its answer,
 * it is not asked.
 */
public final class TableMeter {
    /** Of the operations that change tables, those that can be counted; reads are all others with a capacity. */
    private static final List<String> WRITES = List.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem");

    private static final List<String> READS = List.of("GetItem", "BatchGetItem", "Query", "Scan");
    private static final List<String> UNCOUNTED = List.of("Transact", "ExecuteStatement", "BatchExecute");
    private static final String RETURN_VALUES = "ReturnValues";
    private static final String REFUSED = "ConditionalCheckFailedException";

    private final Tables tables;
    private final Meter meter;
    private final Map<String, Layout> layouts = new ConcurrentHashMap<>();
    private final List<ReentrantLock> locks =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toList();

    public TableMeter(Tables tables, Meter meter) {
        this.tables = tables;
        this.meter = meter;
    }

    /** Passes a request on to the engine. */
    @FunctionalInterface
    public interface Engine {
        /** Answers a request: JSON of a success or of an error. */
        byte[] answer(byte[] request) throws IOException;
    }

    private record Layout(List<String> keys, List<JsonNode> indexes) {}

    private record Write(String table, JsonNode key) {}

    /**
     * Passes a request on, and counts what it consumes.
     *
     * @throws DynamoDbException if it is one that cannot be counted
     */
    public byte[] pass(String operation, byte[] body, Engine engine) throws IOException {
        if (UNCOUNTED.stream().anyMatch(operation::startsWith)) {
            throw new DynamoDbException("ValidationException", "The meter cannot count " + operation + ".");
        }
        if (WRITES.contains(operation)) {
            return write(operation, body, engine);
        }
        return READS.contains(operation) ? read((ObjectNode) Tables.JSON.readTree(body), engine) : engine.answer(body);
    }

    private byte[] read(ObjectNode request, Engine engine) throws IOException {
        request.put("ReturnConsumedCapacity", "INDEXES");
        byte[] answer = engine.answer(Tables.JSON.writeValueAsBytes(request));
        var consumed = Tables.JSON.readTree(answer).path("ConsumedCapacity");
        for (var one : consumed.isArray() ? consumed : List.of(consumed)) {
            var table = one.path("TableName").asText();
            count(
                    Charge.READ_UNITS,
                    table,
                    one.path("Table").path("CapacityUnits").asDouble());
            one.path("GlobalSecondaryIndexes")
                    .properties()
                    .forEach(index -> count(
                            Charge.READ_UNITS,
                            table + "/" + index.getKey(),
                            index.getValue().path("CapacityUnits").asDouble()));
        }
        return answer;
    }

    private byte[] write(String operation, byte[] body, Engine engine) throws IOException {
        var request = (ObjectNode) Tables.JSON.readTree(body);
        try {
            var writes = writes(operation, request);
            writes.forEach(TableMeter::requireKey);
            var held = writes.stream()
                    .map(write -> Math.floorMod(write.hashCode(), locks.size()))
                    .distinct()
                    .sorted()
                    .map(locks::get)
                    .toList();
            held.forEach(ReentrantLock::lock);
            try {
                return operation.equals("BatchWriteItem") || request.has(RETURN_VALUES)
                        ? writeAll(writes, body, engine)
                        : writeOne(operation, writes.getFirst(), request, engine);
            } finally {
                held.forEach(ReentrantLock::unlock);
            }
        } catch (DynamoDbException e) {
            return engine.answer(body); // No such table, or no such key: the engine says so in its own words.
        }
    }

    private byte[] writeAll(List<Write> writes, byte[] body, Engine engine) throws IOException {
        var before = writes.stream().map(this::item).toList();
        byte[] answer = engine.answer(body);
        var error = error(Tables.JSON.readTree(answer));
        if (error.isEmpty() || error.endsWith(REFUSED)) {
            for (int i = 0; i < writes.size(); i++) {
                count(writes.get(i), before.get(i), item(writes.get(i)));
            }
        }
        return answer;
    }

    /** Of one that nobody asks to return anything: what it returns is taken out of the answer. */
    private byte[] writeOne(String operation, Write write, ObjectNode request, Engine engine) throws IOException {
        boolean isUpdate = operation.equals("UpdateItem");
        var there = isUpdate ? Optional.of(item(write)) : Optional.<JsonNode>empty();
        request.put(RETURN_VALUES, isUpdate ? "ALL_NEW" : "ALL_OLD");
        byte[] answer = engine.answer(Tables.JSON.writeValueAsBytes(request));
        var told = (ObjectNode) Tables.JSON.readTree(answer);
        var error = error(told);
        if (!error.isEmpty()) {
            if (error.endsWith(REFUSED)) {
                var kept = there.orElseGet(() -> item(write));
                count(write, kept, kept);
            }
            return answer;
        }
        var returned = told.has("Attributes") ? told.remove("Attributes") : Tables.JSON.createObjectNode();
        var after = isUpdate ? returned : request.path("Item");
        count(write, there.orElse(returned), after.isMissingNode() ? Tables.JSON.createObjectNode() : after);
        return Tables.JSON.writeValueAsBytes(told);
    }

    /** Of the errors, only {@link #REFUSED} consumes capacity; those of invalid requests do not. */
    private static String error(JsonNode answer) {
        return answer.path("__type").asText();
    }

    private void count(Write write, JsonNode before, JsonNode after) {
        count(Charge.WRITE_UNITS, write.table(), WriteUnits.ofTable(before, after));
        var layout = layout(write.table());
        for (var index : layout.indexes()) {
            count(
                    Charge.WRITE_UNITS,
                    write.table() + "/" + index.path("IndexName").asText(),
                    WriteUnits.ofIndex(index, layout.keys(), before, after));
        }
    }

    private void count(Charge charge, String resource, double units) {
        if (units > 0) {
            meter.add(charge, resource, units);
        }
    }

    private List<Write> writes(String operation, JsonNode request) {
        var writes = new ArrayList<Write>();
        switch (operation) {
            case "BatchWriteItem" ->
                request.path("RequestItems").properties().forEach(table -> {
                    for (var one : table.getValue()) {
                        writes.add(
                                one.has("PutRequest")
                                        ? put(table.getKey(), one.at("/PutRequest/Item"))
                                        : new Write(
                                                table.getKey(),
                                                one.path("DeleteRequest").get("Key")));
                    }
                });
            case "PutItem" -> writes.add(put(request.path("TableName").asText(), request.path("Item")));
            default -> writes.add(new Write(request.path("TableName").asText(), request.get("Key")));
        }
        return writes;
    }

    private Write put(String table, JsonNode item) {
        var key = Tables.JSON.createObjectNode();
        layout(table).keys().forEach(name -> key.set(name, item.path(name)));
        return new Write(table, key);
    }

    /** Reading another one would end the engine's process. */
    private static void requireKey(Write write) {
        if (write.key() == null
                || write.key().isEmpty()
                || !write.key().valueStream().allMatch(JsonNode::isObject)) {
            throw new DynamoDbException("ValidationException", "A key is missing.");
        }
    }

    private JsonNode item(Write write) {
        var request = Tables.JSON.createObjectNode().put("TableName", write.table());
        request.put("ConsistentRead", true).set("Key", write.key());
        var item = tables.call("GetItem", request).path("Item");
        return item.isMissingNode() ? Tables.JSON.createObjectNode() : item;
    }

    private Layout layout(String table) {
        return layouts.computeIfAbsent(table, name -> {
            var description = tables.call(
                            "DescribeTable", Tables.JSON.createObjectNode().put("TableName", name))
                    .path("Table");
            var indexes = new ArrayList<JsonNode>();
            description.path("GlobalSecondaryIndexes").forEach(indexes::add);
            description.path("LocalSecondaryIndexes").forEach(indexes::add);
            return new Layout(description.path("KeySchema").findValuesAsText("AttributeName"), List.copyOf(indexes));
        });
    }
}
