package dev.certtide.kit.engine.memory;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** Values of attributes: texts and numbers, which are all that our tables hold. */
final class Values {
    private static final int MOST_DIGITS = 38;

    private Values() {}

    /** Amazon DynamoDB Developer Guide, "Quotas": of an item with its names. */
    static final int MOST_BYTES = 400 * 1024;

    /** An item as it is kept: numbers lose the zeros that mean nothing. */
    static Map<String, AttributeValue> kept(Map<String, AttributeValue> item) {
        var kept = new LinkedHashMap<String, AttributeValue>();
        item.forEach((name, value) -> kept.put(name, kept(value)));
        return kept;
    }

    static AttributeValue kept(AttributeValue value) {
        return switch (value.type()) {
            case S -> value;
            case N -> number(number(value));
            case UNKNOWN_TO_SDK_VERSION ->
                throw Refusals.invalid("Supplied AttributeValue is empty, must contain exactly one of the datatypes");
            default -> throw new UnsupportedOperationException("The engine in memory knows no " + value.type());
        };
    }

    static AttributeValue number(BigDecimal number) {
        return AttributeValue.fromN(
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }

    static BigDecimal number(AttributeValue value) {
        try {
            var number = new BigDecimal(value.n());
            if (number.stripTrailingZeros().precision() > MOST_DIGITS) {
                throw Refusals.invalid("Attempting to store more than 38 significant digits in a Number");
            }
            return number;
        } catch (NumberFormatException notOne) {
            throw Refusals.invalid("The parameter cannot be converted to a numeric value: " + value.n());
        }
    }

    /** How two values compare; nothing when one is absent or they are of different types. */
    static OptionalInt compare(AttributeValue left, AttributeValue right) {
        if (left == null || right == null || left.type() != right.type()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                left.type() == Type.N
                        ? number(left).compareTo(number(right))
                        : Utf8.ORDER.compare(left.s(), right.s()));
    }

    /** Developer Guide, "DynamoDB item sizes and formats". */
    static int bytes(Map<String, AttributeValue> item) {
        int bytes = 0;
        for (var attribute : item.entrySet()) {
            bytes += Utf8.bytes(attribute.getKey()) + bytes(attribute.getValue());
        }
        return bytes;
    }

    private static int bytes(AttributeValue value) {
        return value.type() == Type.N ? (number(value).precision() + 1) / 2 + 1 : Utf8.bytes(value.s());
    }
}
