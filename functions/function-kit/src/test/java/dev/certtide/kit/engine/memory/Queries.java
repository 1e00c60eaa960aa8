package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Expression.Operand;
import dev.certtide.kit.engine.memory.Shelf.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** What queries ask for, and how much they get at a time. */
final class Queries {
    /** API Reference, "Query": of what is read, before any filter. */
    private static final int PAGE_BYTES = 1024 * 1024;

    private static final Range EVERYTHING = new Range(Optional.empty(), Optional.empty(), _ -> true);

    private Queries() {}

    /** The items below one partition key, or some of them. */
    record Wanted(String partition, Range range) {}

    /**
     * A page of what is read.
     *
     * @param isCut whether there may be more
     */
    record Page(List<Map<String, AttributeValue>> items, boolean isCut) {
        /** Where the next page begins. */
        Optional<Map<String, AttributeValue>> last(Shelf shelf) {
            return isCut ? Optional.of(Keys.of(items.getLast(), shelf)) : Optional.empty();
        }
    }

    /**
     * Reads a key condition: the partition key is equal to something, and maybe one condition on the sort key.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException when it is anything else
     */
    static Wanted wanted(Expression condition, Placeholders placeholders, Shelf shelf) {
        var byName = new HashMap<String, Expression>();
        conjuncts(condition).forEach(single -> {
            if (byName.put(keyOf(single, placeholders), single) != null) {
                throw Refusals.invalid("KeyConditionExpressions must only contain one condition per key");
            }
        });
        if (!(byName.remove(shelf.partitionKey())
                        instanceof Expression.Compared(var key, var operator, Operand.Value value))
                || !operator.equals("=")) {
            throw Refusals.invalid("Query condition missed key schema element: " + shelf.partitionKey());
        }
        var partition = text(value, placeholders);
        if (partition.isEmpty()) {
            throw Refusals.invalid("The key " + shelf.partitionKey() + " is empty");
        }
        var range = Optional.ofNullable(byName.remove(shelf.sortKey()))
                .map(sort -> range(sort, placeholders))
                .orElse(EVERYTHING);
        if (!byName.isEmpty()) {
            throw Refusals.invalid("Query condition missed key schema element: " + shelf.sortKey());
        }
        return new Wanted(partition, range);
    }

    private static Stream<Expression> conjuncts(Expression condition) {
        return switch (condition) {
            case Expression.And(var left, var right) -> Stream.concat(conjuncts(left), conjuncts(right));
            case Expression.Compared(Operand.Value value, var operator, Operand.Attribute attribute) ->
                Stream.of(new Expression.Compared(attribute, mirrored(operator), value));
            default -> Stream.of(condition);
        };
    }

    private static String mirrored(String operator) {
        return switch (operator.charAt(0)) {
            case '<' -> operator.equals("<>") ? operator : operator.replace('<', '>');
            case '>' -> operator.replace('>', '<');
            default -> operator;
        };
    }

    private static String keyOf(Expression single, Placeholders placeholders) {
        var operand =
                switch (single) {
                    case Expression.Compared(var left, var operator, Operand.Value _)
                    when !operator.equals("<>") -> left;
                    case Expression.Between(var between, Operand.Value _, Operand.Value _) -> between;
                    case Expression.BeginsWith(var text, Operand.Value _) -> text;
                    default -> throw Refusals.invalid("Invalid operator used in KeyConditionExpression");
                };
        return switch (operand) {
            case Operand.Attribute attribute -> placeholders.name(attribute);
            case Operand.Value _ -> throw Refusals.invalid("No key attribute specified in KeyConditionExpression");
        };
    }

    private static Range range(Expression sort, Placeholders placeholders) {
        return switch (sort) {
            case Expression.Compared(var key, var operator, Operand.Value value) ->
                range(operator, text(value, placeholders));
            case Expression.Between(var key, Operand.Value low, Operand.Value high) ->
                between(text(low, placeholders), text(high, placeholders));
            case Expression.BeginsWith(var key, Operand.Value prefix) -> beginning(text(prefix, placeholders));
            default -> throw new IllegalArgumentException("checked before");
        };
    }

    private static Range range(String operator, String bound) {
        Predicate<String> holds =
                sort -> Conditions.compare(AttributeValue.fromS(sort), operator, AttributeValue.fromS(bound));
        return switch (operator) {
            case "=" -> new Range(Optional.of(bound), Optional.of(bound), holds);
            case "<", "<=" -> new Range(Optional.empty(), Optional.of(bound), holds);
            default -> new Range(Optional.of(bound), Optional.empty(), holds);
        };
    }

    private static Range between(String low, String high) {
        return new Range(
                Optional.of(low),
                Optional.of(high),
                sort -> Utf8.ORDER.compare(low, sort) <= 0 && Utf8.ORDER.compare(sort, high) <= 0);
    }

    private static Range beginning(String prefix) {
        return new Range(Optional.of(prefix), Optional.empty(), sort -> sort.startsWith(prefix));
    }

    private static String text(Operand.Value value, Placeholders placeholders) {
        var bound = placeholders.value(value);
        if (bound.type() != Type.S) {
            throw Refusals.invalid("Condition parameter type does not match schema type");
        }
        return bound.s();
    }

    /** So many items at most, and none after those that make a page full. */
    static Page page(Stream<Map<String, AttributeValue>> items, int limit) {
        var page = new ArrayList<Map<String, AttributeValue>>();
        int bytes = 0;
        for (var next = items.iterator(); page.size() < limit && bytes < PAGE_BYTES && next.hasNext(); ) {
            var item = next.next();
            page.add(item);
            bytes += Values.bytes(item);
        }
        return new Page(page, page.size() == limit || bytes >= PAGE_BYTES);
    }
}
