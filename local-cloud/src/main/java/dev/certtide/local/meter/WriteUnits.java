package dev.certtide.local.meter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Write request units of one write, by "Read and write requests" and "Using global secondary indexes: write considerations"
 * in DynamoDB's developer guide.
 */
public final class WriteUnits {
    private static final int UNIT_BYTES = 1024;

    private WriteUnits() {}

    /**
     * Of the table: by the larger of the item before and after. A write that its condition refuses costs as much as one
     * that changes nothing.
     */
    public static int ofTable(JsonNode before, JsonNode after) {
        return units(Math.max(ItemSize.of(before), ItemSize.of(after)));
    }

    /**
     * Of an index: one write for an entry that comes, goes or changes, two for one whose key changes, none otherwise.
     *
     * @param index as {@code DescribeTable} has it
     * @param tableKeys the names of the table's own keys, which every index holds
     */
    public static int ofIndex(JsonNode index, List<String> tableKeys, JsonNode before, JsonNode after) {
        var keys = index.path("KeySchema").findValuesAsText("AttributeName");
        var entryBefore = entry(index, keys, tableKeys, before);
        var entryAfter = entry(index, keys, tableKeys, after);
        if (entryBefore.equals(entryAfter)) {
            return 0;
        }
        if (entryBefore.isPresent()
                && entryAfter.isPresent()
                && keys.stream().allMatch(key -> before.get(key).equals(after.get(key)))) {
            return units(Math.max(ItemSize.of(entryBefore.get()), ItemSize.of(entryAfter.get())));
        }
        return entryBefore.map(entry -> units(ItemSize.of(entry))).orElse(0)
                + entryAfter.map(entry -> units(ItemSize.of(entry))).orElse(0);
    }

    /** What the index holds of an item; nothing, if the item lacks a key of the index. */
    private static Optional<JsonNode> entry(JsonNode index, List<String> keys, List<String> tableKeys, JsonNode item) {
        if (!keys.stream().allMatch(item::has)) {
            return Optional.empty();
        }
        var projection = index.path("Projection");
        if (projection.path("ProjectionType").asText().equals("ALL")) {
            return Optional.of(item);
        }
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> entry.set(key, item.get(key)));
        tableKeys.forEach(key -> entry.set(key, item.get(key)));
        for (var attribute : projection.path("NonKeyAttributes")) {
            if (item.has(attribute.asText())) {
                entry.set(attribute.asText(), item.get(attribute.asText()));
            }
        }
        return Optional.of(entry);
    }

    private static int units(int bytes) {
        return Math.max(1, Math.ceilDiv(bytes, UNIT_BYTES));
    }
}
