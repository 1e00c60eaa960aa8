package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Shelf.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** A table with the keys that all tables have and the indexes of {@code Config}, which may be late. */
final class MemoryTable {
    private static final Map<String, AttributeValue> NOTHING = Map.of();
    private static final String EXPIRES_AT = "expiresAt";

    private final InstantSource clock;
    private final Consumer<Map<String, AttributeValue>> onlooker;
    private final Shelf items = new Shelf("pk", "sk");
    private final List<Index> indexes = List.of(
            new Index("due", new Shelf("due", "dueKey"), false), new Index("owner", new Shelf("owner", "pk"), true));
    private final Deque<Write> late = new ArrayDeque<>();
    private Lateness lateness = new Lateness.None();
    private long calls;

    /** @param onlooker sees every item that is put or changed */
    MemoryTable(InstantSource clock, Consumer<Map<String, AttributeValue>> onlooker) {
        this.clock = clock;
        this.onlooker = onlooker;
    }

    private record Index(String name, Shelf shelf, boolean hasKeysOnly) {
        void apply(Write write) {
            shelf.place(write.before).ifPresent(shelf::remove);
            shelf.place(write.after)
                    .ifPresent(place -> shelf.put(place, hasKeysOnly ? keys(write.after) : write.after));
        }

        private Map<String, AttributeValue> keys(Map<String, AttributeValue> item) {
            return Map.of(
                    "pk", item.get("pk"), "sk", item.get("sk"), shelf.partitionKey(), item.get(shelf.partitionKey()));
        }
    }

    /** A write of which the indexes do not know yet; nothing before or after is an empty item. */
    private record Write(
            Map<String, AttributeValue> before, Map<String, AttributeValue> after, long call, Instant at) {}

    /** Applies to what is written from now on, and to what is late already. */
    void late(Lateness lateness) {
        this.lateness = lateness;
    }

    void catchUp() {
        late.forEach(write -> indexes.forEach(index -> index.apply(write)));
        late.clear();
    }

    /** Each call counts, before it does anything. */
    void called() {
        calls++;
        while (!late.isEmpty() && isOver(late.peek())) {
            var write = late.poll();
            indexes.forEach(index -> index.apply(write));
        }
    }

    private boolean isOver(Write write) {
        return switch (lateness) {
            case Lateness.None() -> true;
            case Lateness.Calls(var more) -> calls - write.call > more;
            case Lateness.Time(var time) -> !clock.instant().isBefore(write.at.plus(time));
            case Lateness.UntilTold() -> false;
        };
    }

    Shelf items() {
        return items;
    }

    Shelf index(String name) {
        return indexes.stream()
                .filter(index -> index.name.equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.invalid("The table does not have the specified index: " + name))
                .shelf;
    }

    /** Puts an item in the place of what is there. */
    void put(Place place, Map<String, AttributeValue> item) {
        checkIndexKeys(item);
        write(items.at(place), Optional.of(item));
        items.put(place, item);
        onlooker.accept(item);
    }

    void remove(Place place) {
        items.at(place).ifPresent(before -> write(Optional.of(before), Optional.empty()));
        items.remove(place);
    }

    /** Amazon DynamoDB Developer Guide, "Using time to live": the attribute tells seconds since 1970. */
    void deleteExpired(Instant now) {
        items.all(Optional.empty())
                .filter(item -> item.containsKey(EXPIRES_AT)
                        && Long.parseLong(item.get(EXPIRES_AT).n()) < now.getEpochSecond())
                .flatMap(item -> items.place(item).stream())
                .toList()
                .forEach(this::remove);
    }

    private void write(Optional<Map<String, AttributeValue>> before, Optional<Map<String, AttributeValue>> after) {
        late.add(new Write(before.orElse(NOTHING), after.orElse(NOTHING), calls, clock.instant()));
        if (lateness instanceof Lateness.None) {
            catchUp();
        }
    }

    /**
     * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException when a key of an index is no text, or empty
     */
    void checkIndexKeys(Map<String, AttributeValue> attributes) {
        indexes.stream()
                .flatMap(index -> Stream.of(index.shelf.partitionKey(), index.shelf.sortKey()))
                .forEach(key -> {
                    var value = attributes.get(key);
                    if (value != null && (value.type() != Type.S || value.s().isEmpty())) {
                        throw Refusals.invalid("A value of the index key " + key + " is no text, or empty");
                    }
                });
    }
}
