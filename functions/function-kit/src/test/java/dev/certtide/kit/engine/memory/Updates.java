package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Expression.Assignment;
import dev.certtide.kit.engine.memory.Expression.Changes;
import dev.certtide.kit.engine.memory.Expression.Operand;
import dev.certtide.kit.engine.memory.Expression.Term;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** What an update makes of an item. */
final class Updates {
    private Updates() {}

    /**
     * Refuses what DynamoDB refuses before it looks at the item.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException when a key or an attribute twice is changed,
     *     or something is added that is no number
     */
    static void check(Changes changes, Placeholders placeholders) {
        var changed = new HashSet<String>();
        names(changes, placeholders).forEach(name -> {
            if (name.equals("pk") || name.equals("sk")) {
                throw Refusals.invalid("Cannot update attribute " + name + ". This attribute is part of the key");
            }
            if (!changed.add(name)) {
                throw Refusals.invalid("Two document paths overlap with each other: " + name);
            }
        });
        var numbers = Stream.concat(
                changes.additions().stream().map(Expression.Addition::amount),
                changes.sets().stream().filter(set -> set.second().isPresent()).flatMap(Updates::values));
        if (!numbers.allMatch(value -> placeholders.value(value).type() == Type.N)) {
            throw Refusals.invalid("Incorrect operand type for operator or function");
        }
    }

    private static Stream<String> names(Changes changes, Placeholders placeholders) {
        return Stream.of(
                        changes.sets().stream().map(Assignment::attribute),
                        changes.removes().stream(),
                        changes.additions().stream().map(Expression.Addition::attribute))
                .flatMap(attributes -> attributes)
                .map(placeholders::name);
    }

    /** Of an item that was changed, what was changed and is still there. */
    static Map<String, AttributeValue> updated(
            Changes changes, Map<String, AttributeValue> item, Placeholders placeholders) {
        return names(changes, placeholders)
                .filter(item::containsKey)
                .collect(Collectors.toMap(Function.identity(), item::get));
    }

    private static Stream<Operand.Value> values(Assignment set) {
        return Stream.concat(Stream.of(set.first()), set.second().stream())
                .map(Term::operand)
                .flatMap(operand -> operand instanceof Operand.Value value ? Stream.of(value) : Stream.empty());
    }

    /** What gets a value whose type the request itself tells, with a value of that type. */
    static Map<String, AttributeValue> typed(Changes changes, Placeholders placeholders) {
        var typed = new LinkedHashMap<String, AttributeValue>();
        for (var set : changes.sets()) {
            if (set.second().isPresent()) {
                typed.put(placeholders.name(set.attribute()), Values.number(BigDecimal.ZERO));
            } else if (set.first().operand() instanceof Operand.Value value) {
                typed.put(placeholders.name(set.attribute()), placeholders.value(value));
            }
        }
        for (var addition : changes.additions()) {
            typed.put(placeholders.name(addition.attribute()), placeholders.value(addition.amount()));
        }
        return typed;
    }

    /** The item with the changes; what is read is what was there before. */
    static Map<String, AttributeValue> apply(
            Changes changes, Map<String, AttributeValue> item, Placeholders placeholders) {
        var changed = new LinkedHashMap<>(item);
        for (var set : changes.sets()) {
            changed.put(placeholders.name(set.attribute()), assigned(set, item, placeholders));
        }
        for (var remove : changes.removes()) {
            changed.remove(placeholders.name(remove));
        }
        for (var addition : changes.additions()) {
            var name = placeholders.name(addition.attribute());
            var amount = placeholders.value(addition.amount());
            changed.put(name, item.containsKey(name) ? sum(item.get(name), "+", amount) : amount);
        }
        return changed;
    }

    private static AttributeValue assigned(
            Assignment set, Map<String, AttributeValue> item, Placeholders placeholders) {
        var first = value(set.first(), item, placeholders);
        return set.second()
                .map(second -> sum(first, set.sign(), value(second, item, placeholders)))
                .orElse(first);
    }

    private static AttributeValue value(Term term, Map<String, AttributeValue> item, Placeholders placeholders) {
        var value = term.unless()
                .map(attribute -> placeholders.in(item, attribute))
                .orElseGet(() -> placeholders.in(item, term.operand()));
        if (value == null) {
            throw Refusals.invalid("The provided expression refers to an attribute that does not exist in the item");
        }
        return value;
    }

    private static AttributeValue sum(AttributeValue left, String sign, AttributeValue right) {
        if (left.type() != Type.N || right.type() != Type.N) {
            throw Refusals.invalid("An operand in the update expression has an incorrect data type");
        }
        var amount = Values.number(right);
        return Values.kept(Values.number(Values.number(left).add(sign.equals("-") ? amount.negate() : amount)));
    }
}
