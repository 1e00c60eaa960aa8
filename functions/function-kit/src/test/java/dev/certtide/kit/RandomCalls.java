package dev.certtide.kit;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Calls of a table by chance, sensible ones and others; few keys and values, so that they meet. */
final class RandomCalls {
    private static final List<String> PKS = List.of("p", "q", "é", "TARGET#a.example:443");
    static final List<String> SKS = List.of("s", "A", "A#1", "A#2", "A#10", "A#é", "A#\uFFFD", "A#😀", "B#1", "€");
    private static final List<String> TEXTS = List.of("", "a", "b", "ab", "é", "daily#1", "2026-01-01T00:00:00Z");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-2", "9", "10", "1.50", "0.001", "12345678901234567890");
    private static final Instant FAR_AHEAD = Instant.parse("2100-01-01T00:00:00Z");
    private static final List<String> NAMES = List.of("text", "number", "more", "owner", "due", "dueKey", "status");
    /** dynalite lets keys of indexes be empty; DynamoDB does not, see {@link MemoryDynamoDbTest}. */
    private static final Set<String> INDEX_KEYS = Set.of("owner", "due", "dueKey");

    private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Random random;
    private final RandomQueries queries;

    RandomCalls(Random random) {
        this.random = random;
        this.queries = new RandomQueries(random, PKS, SKS);
    }

    /**
     * Something to ask of a table.
     *
     * @param text what it is, for whoever reads that it failed
     * @param on asks a client; answers are equal if they mean the same
     */
    record Call(String text, BiFunction<DynamoDbClient, String, Object> on) {}

    Call next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> put();
            case 5, 6, 7, 8 -> update();
            case 9, 10 -> delete();
            case 11, 12 -> get();
            case 13 -> batch();
            case 14 -> kit();
            default -> queries.next();
        };
    }

    private Call put() {
        var item = item();
        var guard = guard();
        return new Call(
                "put " + item + guard,
                (client, table) -> done(client.putItem(request -> request.tableName(table)
                        .item(item)
                        .conditionExpression(guard.condition)
                        .expressionAttributeNames(guard.names)
                        .expressionAttributeValues(guard.values))));
    }

    private Call update() {
        var key = key();
        var guard = guard();
        var names = new HashMap<String, String>(guard.names == null ? Map.of() : guard.names);
        var values = new HashMap<String, AttributeValue>(guard.values == null ? Map.of() : guard.values);
        var expression = changes(names, values);
        var returned = random.nextBoolean() ? ReturnValue.UPDATED_NEW : null;
        return new Call(
                "update " + key + " " + expression + names + values + guard.condition + " returning " + returned,
                (client, table) -> client.updateItem(request -> request.tableName(table)
                                .key(key)
                                .returnValues(returned)
                                .updateExpression(expression)
                                .conditionExpression(guard.condition)
                                .expressionAttributeNames(names.isEmpty() ? null : names)
                                .expressionAttributeValues(values.isEmpty() ? null : values))
                        .attributes());
    }

    private String changes(Map<String, String> names, Map<String, AttributeValue> values) {
        names.put("#x", name());
        names.put("#y", name());
        values.put(":x", value(names.get("#x"), names.get("#y")));
        return switch (random.nextInt(9)) {
            case 0, 1 -> "SET #x = :x REMOVE #y";
            case 2 -> "ADD #x :x REMOVE #y";
            case 3 -> "SET #x = :x, #y = if_not_exists(#y, :x)";
            case 4 -> "SET #x = #y + :x";
            case 5 -> "SET #x = if_not_exists(#x, :x) - :x REMOVE #y";
            case 6 -> {
                names.put("#y", "more");
                values.remove(":x");
                yield "set #y = #x remove #x";
            }
            case 7 -> {
                values.remove(":x");
                yield "REMOVE #x, #y";
            }
            default -> {
                values.put(":y", value(names.get("#y")));
                yield random.nextBoolean() ? "ADD #x :x, #y :y" : "SET #x = :x ADD #y :y SET";
            }
        };
    }

    private Call delete() {
        var key = key();
        var guard = guard();
        return new Call(
                "delete " + key + guard,
                (client, table) -> done(client.deleteItem(request -> request.tableName(table)
                        .key(key)
                        .conditionExpression(guard.condition)
                        .expressionAttributeNames(guard.names)
                        .expressionAttributeValues(guard.values))));
    }

    private Call get() {
        var key = key();
        return new Call("get " + key, (client, table) -> client.getItem(
                        request -> request.tableName(table).key(key).consistentRead(true))
                .item());
    }

    private Call batch() {
        var keys =
                IntStream.rangeClosed(0, random.nextInt(6)).mapToObj(_ -> key()).toList();
        return new Call("get all of " + keys, (client, table) -> client
                .batchGetItemPaginator(request -> request.requestItems(
                        Map.of(table, KeysAndAttributes.builder().keys(keys).build())))
                .stream()
                .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
                .collect(java.util.stream.Collectors.toSet()));
    }

    /** What functions do is what matters most: each condition of the kit, in each write of the kit. */
    private Call kit() {
        var name = name();
        var text = pick(TEXTS);
        long number = random.nextInt(-2, 12);
        var condition = pick(List.of(
                Condition.absent(),
                Condition.present(),
                Condition.absentOrAtMost(name, text),
                Condition.absentOrAtMost(name, number),
                Condition.absentOrMore(name, text),
                Condition.presentAndAtMost(name, text),
                Condition.equal(name, text),
                Condition.presentAndNot(name, text),
                Condition.presentWithout(name),
                Condition.equal(name, number),
                Condition.atMost(name, number).and(Condition.atLeast("number", number - 3))));
        var pk = pick(PKS);
        var sk = pick(SKS);
        var item = Item.of(pk, sk).with("text", pick(TEXTS)).with("number", number);
        return switch (random.nextInt(5)) {
            case 0 ->
                new Call("kit put " + item + condition, (client, table) -> new Table(client, table)
                        .put(item, condition));
            case 1 ->
                new Call("kit add " + item + condition, (client, table) -> new Table(client, table)
                        .add(pk, sk, Map.of("more", number, "number", 2L), condition));
            case 2 ->
                new Call("kit count " + pk + " " + sk, (client, table) -> new Table(client, table)
                        .count(pk, sk, "messages", FAR_AHEAD.plusSeconds(number)));
            case 3 ->
                new Call("kit delete " + item + condition, (client, table) -> new Table(client, table)
                        .delete(pk, sk, condition));
            default -> {
                var set = Map.of("text", item.find("text"), "status", java.util.Optional.<String>empty());
                yield new Call("kit update " + item + condition, (client, table) -> new Table(client, table)
                        .update(pk, sk, set, condition));
            }
        };
    }

    /** @param condition may be null: no condition at all */
    private record Guard(String condition, Map<String, String> names, Map<String, AttributeValue> values) {}

    private Guard guard() {
        var names = Map.of("#a", name());
        var value = Map.of(":v", value());
        var both = Map.of(":v", value(), ":w", value());
        var operator = pick(OPERATORS);
        return switch (random.nextInt(14)) {
            case 0 -> new Guard("#a " + operator + " :v", names, value);
            case 1 -> new Guard("NOT :v " + operator + " #a", names, value);
            // To dynalite, an empty text is between nothing.
            case 2 ->
                new Guard(
                        "#a BETWEEN :v AND :w AND attribute_exists(pk)",
                        names,
                        Map.of(":v", value("owner"), ":w", value()));
            case 3 -> new Guard("begins_with(#a, :v)", names, value);
            case 4 -> new Guard("attribute_exists(#a) AND NOT #a < :v OR attribute_not_exists(sk)", names, value);
            case 5 -> new Guard("attribute_exists ( #a ) and (not #a=:v or #a<>:w)", names, both);
            // What it is to compare nothing with nothing, DynamoDB does not tell.
            case 6 -> new Guard("attribute_exists(sk) AND sk " + operator + " #a", names, null);
            case 7 -> mistake();
            default -> new Guard(null, null, null);
        };
    }

    private Guard mistake() {
        var names = Map.of("#a", name());
        var value = Map.of(":v", value());
        return switch (random.nextInt(9)) {
            case 0 -> new Guard("#a = :v", names, Map.of(":v", value(), ":unused", value()));
            case 1 -> new Guard("#a = :missing", names, value);
            case 2 -> new Guard("#a = ", names, null);
            case 3 -> new Guard("", null, null);
            case 4 -> new Guard("#b = :v", names, value);
            case 5 -> new Guard("(#a = :v", names, value);
            case 6 -> new Guard("attribute_not_exists(:v)", null, value);
            case 7 -> new Guard("#a = #a", names, null);
            default -> new Guard("attribute_exists(pk)", Map.of(), Map.of());
        };
    }

    private Map<String, AttributeValue> item() {
        var item = new LinkedHashMap<>(key());
        for (int i = random.nextInt(5); i > 0; i--) {
            var name = name();
            item.put(name, value(name));
        }
        return item;
    }

    private Map<String, AttributeValue> key() {
        var key = new HashMap<>(Map.of("pk", Item.text(pick(PKS)), "sk", Item.text(pick(SKS))));
        switch (random.nextInt(60)) {
            case 0 -> key.remove("sk");
            case 1 -> key.put("pk", Item.text(""));
            case 2 -> key.put("sk", Item.number(1));
            case 3 -> key.put("sk", Item.text("x".repeat(1025)));
            case 4 -> key.put("pk", Item.text("x".repeat(2049)));
            default -> {
                // As it should be.
            }
        }
        return key;
    }

    private String name() {
        return pick(NAMES);
    }

    /** A value for these attributes, if there are any. */
    private AttributeValue value(String... names) {
        if (random.nextInt(3) == 0) {
            return AttributeValue.fromN(pick(NUMBERS));
        }
        var text = pick(TEXTS);
        return Item.text(text.isEmpty() && Arrays.stream(names).anyMatch(INDEX_KEYS::contains) ? "a" : text);
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static String done(Object response) {
        return response == null ? "nothing" : "done";
    }
}
