package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Expression.Operand;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the placeholders of a request's expressions stand for. */
record Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
    /**
     * Those of a request whose expressions name all these.
     *
     * @param hasNames whether the request says anything about names, if only that there are none
     * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException when there are some too many or too few
     */
    static Placeholders of(
            boolean hasNames,
            Map<String, String> names,
            boolean hasValues,
            Map<String, AttributeValue> values,
            Stream<Set<String>> named) {
        if (hasNames && names.isEmpty() || hasValues && values.isEmpty()) {
            throw Refusals.invalid("ExpressionAttributeNames and ExpressionAttributeValues must not be empty");
        }
        var missing = new HashSet<String>();
        named.forEach(missing::addAll);
        check("ExpressionAttributeNames", names.keySet(), missing);
        check("ExpressionAttributeValues", values.keySet(), missing);
        if (!missing.isEmpty()) {
            throw Refusals.invalid("An expression names what is not defined: " + missing);
        }
        return new Placeholders(names, Values.kept(values));
    }

    private static void check(String parameter, Set<String> given, Set<String> named) {
        for (var placeholder : given) {
            if (!named.remove(placeholder)) {
                throw Refusals.invalid("Value provided in " + parameter + " unused in expressions: " + placeholder);
            }
        }
    }

    String name(Operand.Attribute attribute) {
        return attribute.name().startsWith("#") ? names.get(attribute.name()) : attribute.name();
    }

    AttributeValue value(Operand.Value value) {
        return values.get(value.placeholder());
    }

    /** What an operand is in an item; null when the item lacks it. */
    AttributeValue in(Map<String, AttributeValue> item, Operand operand) {
        return switch (operand) {
            case Operand.Attribute attribute -> item.get(name(attribute));
            case Operand.Value value -> value(value);
        };
    }
}
