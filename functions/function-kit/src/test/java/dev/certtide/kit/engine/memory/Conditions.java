package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Expression.Operand;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** Whether a condition holds for an item. */
final class Conditions {
    private Conditions() {}

    /**
     * Refuses what DynamoDB refuses before it looks at any item.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException when operands can never fit
     */
    static void check(Expression condition, Placeholders placeholders) {
        switch (condition) {
            case Expression.And(var left, var right) -> {
                check(left, placeholders);
                check(right, placeholders);
            }
            case Expression.Or(var left, var right) -> {
                check(left, placeholders);
                check(right, placeholders);
            }
            case Expression.Not(var negated) -> check(negated, placeholders);
            case Expression.Between(var operand, Operand.Value low, Operand.Value high) -> {
                var order = Values.compare(placeholders.value(low), placeholders.value(high));
                if (order.isEmpty() || order.getAsInt() > 0) {
                    throw Refusals.invalid("The BETWEEN operator requires upper bound to be greater than or equal to"
                            + " lower bound, and of the same type");
                }
            }
            case Expression.BeginsWith(var operand, Operand.Value prefix) -> {
                if (placeholders.value(prefix).type() != Type.S) {
                    throw Refusals.invalid("Incorrect operand type for operator or function: begins_with");
                }
            }
            case Expression.Compared(var left, var operator, var right)
            when left.equals(right) ->
                throw Refusals.invalid("The first operand must be distinct from the remaining operands");
            default -> {
                // Fits or not with each item.
            }
        }
    }

    static boolean hold(Expression condition, Map<String, AttributeValue> item, Placeholders placeholders) {
        return switch (condition) {
            case Expression.And(var left, var right) ->
                hold(left, item, placeholders) && hold(right, item, placeholders);
            case Expression.Or(var left, var right) ->
                hold(left, item, placeholders) || hold(right, item, placeholders);
            case Expression.Not(var negated) -> !hold(negated, item, placeholders);
            case Expression.Exists(var attribute) -> placeholders.in(item, attribute) != null;
            case Expression.Compared(var left, var operator, var right) ->
                compare(placeholders.in(item, left), operator, placeholders.in(item, right));
            case Expression.Between(var operand, var low, var high) -> {
                var value = placeholders.in(item, operand);
                yield compare(value, ">=", placeholders.in(item, low))
                        && compare(value, "<=", placeholders.in(item, high));
            }
            case Expression.BeginsWith(var operand, var prefix) ->
                beginsWith(placeholders.in(item, operand), placeholders.in(item, prefix));
        };
    }

    /** What is absent or of another type is not equal, and is neither less nor greater. */
    static boolean compare(AttributeValue left, String operator, AttributeValue right) {
        var compared = Values.compare(left, right);
        if (compared.isEmpty()) {
            return operator.equals("<>");
        }
        int order = compared.getAsInt();
        return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static boolean beginsWith(AttributeValue value, AttributeValue prefix) {
        return value != null
                && prefix != null
                && value.type() == Type.S
                && prefix.type() == Type.S
                && value.s().startsWith(prefix.s());
    }
}
