package dev.certtide.kit.engine.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Requests that read many items of a table. */
final class Reads {
    private static final int MOST_KEYS = 100;
    private static final int MOST_BATCH_BYTES = 16 * 1024 * 1024;
    private static final Set<String> READ_FIELDS = Set.of(
            "TableName",
            "IndexName",
            "KeyConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ScanIndexForward",
            "Limit",
            "ExclusiveStartKey",
            "Select",
            "ConsistentRead");
    private static final Set<String> SCAN_FIELDS =
            Set.of("TableName", "Limit", "ExclusiveStartKey", "Select", "ConsistentRead");

    private Reads() {}

    static List<Map<String, AttributeValue>> batch(MemoryTable table, KeysAndAttributes keys) {
        Refusals.unlessOnly(keys, Set.of("Keys", "ConsistentRead"));
        var places = keys.keys().stream().map(Keys::key).toList();
        if (places.isEmpty() || places.size() > MOST_KEYS || Set.copyOf(places).size() < places.size()) {
            throw Refusals.invalid("BatchGetItem takes 1 to " + MOST_KEYS + " keys, each once");
        }
        var items = places.stream()
                .flatMap(place -> table.items().at(place).stream())
                .toList();
        if (items.stream().mapToInt(Values::bytes).sum() > MOST_BATCH_BYTES) {
            throw new UnsupportedOperationException("The engine in memory leaves no keys unprocessed");
        }
        return items;
    }

    static QueryResponse query(MemoryTable table, QueryRequest request) {
        Refusals.unlessOnly(request, READ_FIELDS);
        var index = Optional.ofNullable(request.indexName());
        if (index.isPresent() && Boolean.TRUE.equals(request.consistentRead())) {
            throw Refusals.invalid("Consistent reads are not supported on global secondary indexes");
        }
        var shelf = index.map(table::index).orElse(table.items());
        var condition = Optional.ofNullable(request.keyConditionExpression())
                .map(ExpressionParser::condition)
                .orElseThrow(() -> Refusals.invalid("KeyConditionExpression must be specified"));
        var placeholders = Placeholders.of(
                request.hasExpressionAttributeNames(),
                request.expressionAttributeNames(),
                request.hasExpressionAttributeValues(),
                request.expressionAttributeValues(),
                Stream.of(condition.placeholders()));
        Conditions.check(condition.expression(), placeholders);
        var wanted = Queries.wanted(condition.expression(), placeholders, shelf);
        var start = Optional.of(request.exclusiveStartKey()).filter(_ -> request.hasExclusiveStartKey());
        var after = start.map(key -> Keys.start(key, shelf));
        if (after.filter(place -> !place.partition().equals(wanted.partition())).isPresent()) {
            throw Refusals.invalid("The provided starting key is outside query boundaries");
        }
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        var page =
                Queries.page(shelf.below(wanted.partition(), wanted.range(), forward, after), limit(request.limit()));
        var response = QueryResponse.builder()
                .count(page.items().size())
                .scannedCount(page.items().size())
                .lastEvaluatedKey(page.last(shelf).orElse(null));
        return (isCount(request.select()) ? response : response.items(page.items())).build();
    }

    static ScanResponse scan(MemoryTable table, ScanRequest request) {
        Refusals.unlessOnly(request, SCAN_FIELDS);
        var shelf = table.items();
        var start = Optional.of(request.exclusiveStartKey()).filter(_ -> request.hasExclusiveStartKey());
        var page = Queries.page(shelf.all(start.map(key -> Keys.start(key, shelf))), limit(request.limit()));
        var response = ScanResponse.builder()
                .count(page.items().size())
                .scannedCount(page.items().size())
                .lastEvaluatedKey(page.last(shelf).orElse(null));
        return (isCount(request.select()) ? response : response.items(page.items())).build();
    }

    private static int limit(Integer limit) {
        if (limit != null && limit < 1) {
            throw Refusals.invalid("Limit must be greater than or equal to 1");
        }
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    private static boolean isCount(Select select) {
        if (select != null && select != Select.COUNT) {
            throw new UnsupportedOperationException("The engine in memory selects all or COUNT");
        }
        return select == Select.COUNT;
    }
}
