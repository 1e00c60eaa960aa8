package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Shelf.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** The keys of requests, checked as DynamoDB does (Developer Guide, "Quotas", on keys). */
final class Keys {
    private static final int MOST_PARTITION_BYTES = 2048;
    private static final int MOST_SORT_BYTES = 1024;

    private Keys() {}

    /** Where an item stands in the table, by nothing but its key. */
    static Place key(Map<String, AttributeValue> key) {
        if (key.size() != 2) {
            throw Refusals.invalid("The provided key element does not match the schema");
        }
        return ofItem(key);
    }

    /** Where a whole item stands in the table. */
    static Place ofItem(Map<String, AttributeValue> item) {
        var pk = text(item, "pk", MOST_PARTITION_BYTES);
        var sk = text(item, "sk", MOST_SORT_BYTES);
        return new Place(pk, sk, pk, sk);
    }

    private static String text(Map<String, AttributeValue> item, String key, int mostBytes) {
        var value = item.get(key);
        if (value == null || value.type() != Type.S) {
            throw Refusals.invalid("The key " + key + " is missing, or no text");
        }
        if (value.s().isEmpty() || Utf8.bytes(value.s()) > mostBytes) {
            throw Refusals.invalid("The key " + key + " must have 1 to " + mostBytes + " bytes");
        }
        return value.s();
    }

    /** After which item the reading of a table or an index goes on. */
    static Place start(Map<String, AttributeValue> key, Shelf shelf) {
        ofItem(key);
        var names = names(shelf).distinct().toList();
        if (key.size() != names.size() || !key.keySet().containsAll(names)) {
            throw Refusals.invalid("The provided starting key is invalid");
        }
        names.forEach(name -> text(key, name, MOST_PARTITION_BYTES));
        return shelf.place(key).orElseThrow();
    }

    /** The keys of an item, those of the index with those of the table. */
    static Map<String, AttributeValue> of(Map<String, AttributeValue> item, Shelf shelf) {
        var key = new LinkedHashMap<String, AttributeValue>();
        names(shelf).forEach(name -> key.put(name, item.get(name)));
        return key;
    }

    private static Stream<String> names(Shelf shelf) {
        return Stream.of("pk", "sk", shelf.partitionKey(), shelf.sortKey());
    }
}
