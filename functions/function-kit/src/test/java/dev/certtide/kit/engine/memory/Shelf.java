package dev.certtide.kit.engine.memory;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in the order of one pair of keys: a table's or an index's. */
final class Shelf {
    /**
     * Where an item stands. Null comes after everything.
     *
     * @param partition the value of the partition key
     * @param sort the value of the sort key
     * @param pk with {@code sk}: tells apart what an index has in one place
     */
    record Place(String partition, String sort, String pk, String sk) {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::partition, Utf8.ORDER)
                .thenComparing(Place::sort, Utf8.ORDER)
                .thenComparing(Place::pk, Utf8.ORDER)
                .thenComparing(Place::sk, Utf8.ORDER);
    }

    /**
     * Which sort keys are wanted: without a gap.
     *
     * @param first none of them is less, if that is known
     * @param last none of them is greater, if that is known
     */
    record Range(Optional<String> first, Optional<String> last, Predicate<String> holds) {}

    private final String partitionKey;
    private final String sortKey;
    private final NavigableMap<Place, Map<String, AttributeValue>> items = new TreeMap<>(Place.ORDER);

    Shelf(String partitionKey, String sortKey) {
        this.partitionKey = partitionKey;
        this.sortKey = sortKey;
    }

    String partitionKey() {
        return partitionKey;
    }

    String sortKey() {
        return sortKey;
    }

    /** Where an item, or a key of one, stands; nowhere when it lacks one of the keys. */
    Optional<Place> place(Map<String, AttributeValue> item) {
        var partition = item.get(partitionKey);
        var sort = item.get(sortKey);
        return partition == null || sort == null
                ? Optional.empty()
                : Optional.of(new Place(
                        partition.s(),
                        sort.s(),
                        item.get("pk").s(),
                        item.get("sk").s()));
    }

    Optional<Map<String, AttributeValue>> at(Place place) {
        return Optional.ofNullable(items.get(place));
    }

    void put(Place place, Map<String, AttributeValue> item) {
        items.put(place, item);
    }

    void remove(Place place) {
        items.remove(place);
    }

    /** Everything after {@code after}. */
    Stream<Map<String, AttributeValue>> all(Optional<Place> after) {
        return read(after.map(place -> items.tailMap(place, false)).orElse(items))
                .map(Map.Entry::getValue);
    }

    /** What one partition holds in that range, after {@code after} in the direction of reading. */
    Stream<Map<String, AttributeValue>> below(String partition, Range range, boolean forward, Optional<Place> after) {
        var entries = forward
                ? items.tailMap(
                        after.orElseGet(() -> new Place(partition, range.first().orElse(""), "", "")), after.isEmpty())
                : items.headMap(
                                after.orElseGet(
                                        () -> new Place(partition, range.last().orElse(null), null, null)),
                                false)
                        .descendingMap();
        // Where reading begins at a bound, nothing but the bound itself can lie before the range.
        var bound = forward ? range.first() : range.last();
        Predicate<String> isBefore = sort -> !range.holds().test(sort)
                && bound.filter(text -> !text.equals(sort)).isEmpty();
        return read(entries)
                .takeWhile(entry -> entry.getKey().partition().equals(partition))
                .dropWhile(entry -> isBefore.test(entry.getKey().sort()))
                .takeWhile(entry -> range.holds().test(entry.getKey().sort()))
                .map(Map.Entry::getValue);
    }

    /** A part of a map counts all that is in it when it is asked for a stream. */
    private static Stream<Map.Entry<Place, Map<String, AttributeValue>>> read(
            Map<Place, Map<String, AttributeValue>> part) {
        var entries = Spliterators.spliteratorUnknownSize(part.entrySet().iterator(), Spliterator.ORDERED);
        return StreamSupport.stream(entries, false);
    }
}
