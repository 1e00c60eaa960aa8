package dev.certtide.kit.engine.memory;

import dev.certtide.kit.Table;
import dev.certtide.kit.engine.memory.Expression.Changes;
import dev.certtide.kit.engine.memory.Expression.Parsed;
import dev.certtide.kit.engine.memory.Shelf.Place;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB in this process's memory, for simulations that make millions of calls: what our tables do, with texts and
 * numbers, and nothing else, which fails with {@link UnsupportedOperationException}. {@code MemoryDynamoDbTest} holds it
 * to what dynalite does.
 *
 * <p>Reads of a table are up to date, all of them; those of its indexes may be late.
 */
public final class MemoryDynamoDb implements DynamoDbClient {

    private static final Set<String> KEY_FIELDS = Set.of("TableName", "Key", "ConsistentRead");
    private static final Set<String> WRITE_FIELDS = Set.of(
            "TableName",
            "Item",
            "Key",
            "UpdateExpression",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues");
    private static final Set<String> UPDATE_FIELDS =
            Stream.concat(WRITE_FIELDS.stream(), Stream.of("ReturnValues")).collect(Collectors.toUnmodifiableSet());

    private static final ScopedValue<Onlooker> ONLOOKER = ScopedValue.newInstance();

    private final InstantSource clock;
    private final Map<String, MemoryTable> tables;
    private final Faults faults;

    /** Sees what is written. */
    @FunctionalInterface
    public interface Onlooker {
        /**
         * An item was put or changed.
         *
         * @param table the first one that was made is {@code t-1}
         * @param item as it is now
         */
        void saw(String table, Map<String, AttributeValue> item);
    }

    /** Lets somebody see what is written to tables that {@code work} makes on this thread. */
    public static void seenBy(Onlooker onlooker, Runnable work) {
        ScopedValue.where(ONLOOKER, onlooker).run(work);
    }

    /** Without tables. The clock tells how late indexes are, and what is past its time to live. */
    public MemoryDynamoDb(InstantSource clock) {
        this(clock, new ConcurrentHashMap<>(), Faults.none());
    }

    private MemoryDynamoDb(InstantSource clock, Map<String, MemoryTable> tables, Faults faults) {
        this.clock = clock;
        this.tables = tables;
        this.faults = faults;
    }

    /** The same tables, as they are to a process to which that happens. */
    public MemoryDynamoDb through(Faults faults) {
        return new MemoryDynamoDb(clock, tables, faults);
    }

    /** A new empty table with the keys that all tables have, and the indexes of {@code Config}; returns its name. */
    public String newTable() {
        var name = "t-" + (tables.size() + 1);
        var onlooker = ONLOOKER.orElse((_, _) -> {});
        tables.put(name, new MemoryTable(clock, item -> onlooker.saw(name, item)));
        return name;
    }

    /** A new empty table, to work on. */
    public Table table() {
        return new Table(this, newTable());
    }

    /** Lets the indexes of all tables be late from now on. */
    public void late(Lateness lateness) {
        synchronized (tables) {
            tables.values().forEach(table -> table.late(lateness));
        }
    }

    /** Has all indexes know what was written so far. */
    public void catchUp() {
        synchronized (tables) {
            tables.values().forEach(MemoryTable::catchUp);
        }
    }

    /** Deletes what is past its time to live, which DynamoDB does within days of it: whenever the test says so. */
    public void deleteExpired() {
        synchronized (tables) {
            tables.values().forEach(table -> table.deleteExpired(clock.instant()));
        }
    }

    private <T> T call(String operation, String name, Function<MemoryTable, T> effect) {
        return faults.around(operation, Refusals::tableThrottled, () -> {
            synchronized (tables) {
                var table = Optional.ofNullable(tables.get(name)).orElseThrow(() -> Refusals.noTable(name));
                table.called();
                return effect.apply(table);
            }
        });
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return call("GetItem", request.tableName(), table -> {
            Refusals.unlessOnly(request, KEY_FIELDS);
            return GetItemResponse.builder()
                    .item(table.items().at(Keys.key(request.key())).orElse(null))
                    .build();
        });
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        Refusals.unlessOnly(request, Set.of("RequestItems"));
        if (request.requestItems().size() != 1) {
            throw new UnsupportedOperationException("The engine in memory gets a batch from one table");
        }
        var wanted = request.requestItems().entrySet().iterator().next();
        return call("BatchGetItem", wanted.getKey(), table -> BatchGetItemResponse.builder()
                .responses(Map.of(wanted.getKey(), Reads.batch(table, wanted.getValue())))
                .unprocessedKeys(Map.of())
                .build());
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return call("PutItem", request.tableName(), table -> {
            Refusals.unlessOnly(request, WRITE_FIELDS);
            var item = Values.kept(request.item());
            var place = Keys.ofItem(item);
            table.checkIndexKeys(item);
            checkSize(item);
            var condition = Optional.ofNullable(request.conditionExpression()).map(ExpressionParser::condition);
            var placeholders = Placeholders.of(
                    request.hasExpressionAttributeNames(),
                    request.expressionAttributeNames(),
                    request.hasExpressionAttributeValues(),
                    request.expressionAttributeValues(),
                    condition.stream().map(Parsed::placeholders));
            checkCondition(condition, table, place, placeholders);
            table.put(place, item);
            return PutItemResponse.builder().build();
        });
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return call("DeleteItem", request.tableName(), table -> {
            Refusals.unlessOnly(request, WRITE_FIELDS);
            var place = Keys.key(request.key());
            var condition = Optional.ofNullable(request.conditionExpression()).map(ExpressionParser::condition);
            var placeholders = Placeholders.of(
                    request.hasExpressionAttributeNames(),
                    request.expressionAttributeNames(),
                    request.hasExpressionAttributeValues(),
                    request.expressionAttributeValues(),
                    condition.stream().map(Parsed::placeholders));
            checkCondition(condition, table, place, placeholders);
            table.remove(place);
            return DeleteItemResponse.builder().build();
        });
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return call("UpdateItem", request.tableName(), table -> {
            Refusals.unlessOnly(request, UPDATE_FIELDS);
            var place = Keys.key(request.key());
            var condition = Optional.ofNullable(request.conditionExpression()).map(ExpressionParser::condition);
            var update = Optional.ofNullable(request.updateExpression()).map(ExpressionParser::update);
            var placeholders = Placeholders.of(
                    request.hasExpressionAttributeNames(),
                    request.expressionAttributeNames(),
                    request.hasExpressionAttributeValues(),
                    request.expressionAttributeValues(),
                    Stream.concat(
                            condition.stream().map(Parsed::placeholders),
                            update.stream().map(Parsed::placeholders)));
            update.map(Parsed::expression).ifPresent(changes -> {
                Updates.check(changes, placeholders);
                table.checkIndexKeys(Updates.typed(changes, placeholders));
            });
            checkCondition(condition, table, place, placeholders);
            var before = table.items().at(place).orElse(request.key());
            var after = update.map(changes -> Updates.apply(changes.expression(), before, placeholders))
                    .orElse(before);
            checkSize(after);
            table.put(place, after);
            var updated = update.map(changes -> updated(request, changes.expression(), after, placeholders));
            return UpdateItemResponse.builder()
                    .attributes(updated.orElse(Map.of()))
                    .build();
        });
    }

    /** What was updated as it is now, if that is asked for: what else may be asked for is not known here. */
    private static Map<String, AttributeValue> updated(
            UpdateItemRequest request, Changes changes, Map<String, AttributeValue> after, Placeholders placeholders) {
        if (request.returnValues() == null) {
            return Map.of();
        }
        if (request.returnValues() != ReturnValue.UPDATED_NEW) {
            throw new UnsupportedOperationException(
                    "ReturnValues " + request.returnValues() + " is not known to the engine in memory");
        }
        return Updates.updated(changes, after, placeholders);
    }

    private static void checkCondition(
            Optional<Parsed<Expression>> condition, MemoryTable table, Place place, Placeholders placeholders) {
        condition.map(Parsed::expression).ifPresent(expression -> {
            Conditions.check(expression, placeholders);
            if (!Conditions.hold(expression, table.items().at(place).orElse(Map.of()), placeholders)) {
                throw Refusals.conditionFailed();
            }
        });
    }

    private static void checkSize(Map<String, AttributeValue> item) {
        if (Values.bytes(item) > Values.MOST_BYTES) {
            throw Refusals.invalid("Item size has exceeded the maximum allowed size");
        }
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return call("Query", request.tableName(), table -> Reads.query(table, request));
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        return call("Scan", request.tableName(), table -> Reads.scan(table, request));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
