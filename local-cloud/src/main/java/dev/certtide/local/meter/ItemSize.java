package dev.certtide.local.meter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/** How large DynamoDB takes an item to be, by "DynamoDB item sizes and formats" in its developer guide. */
final class ItemSize {
    private static final int COLLECTION_OVERHEAD = 3;
    private static final int MEMBER_OVERHEAD = 1;

    private ItemSize() {}

    /** Bytes of an item: names and values of its attributes. 0 for one that is not there. */
    static int of(JsonNode item) {
        int size = 0;
        for (var attribute : item.properties()) {
            size += utf8(attribute.getKey()) + ofValue(attribute.getValue());
        }
        return size;
    }

    /** @param value as the API has it, for example {@code {"S": "text"}} */
    private static int ofValue(JsonNode value) {
        var typed = value.properties().iterator().next();
        var content = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> utf8(content.asText());
            case "N" -> ofNumber(content.asText());
            case "B" -> ofBase64(content.asText());
            case "BOOL", "NULL" -> 1;
            case "SS" -> sum(content, item -> utf8(item.asText()));
            case "NS" -> sum(content, item -> ofNumber(item.asText()));
            case "BS" -> sum(content, item -> ofBase64(item.asText()));
            case "L" -> COLLECTION_OVERHEAD + sum(content, item -> MEMBER_OVERHEAD + ofValue(item));
            case "M" -> {
                int size = COLLECTION_OVERHEAD;
                for (var member : content.properties()) {
                    size += MEMBER_OVERHEAD + utf8(member.getKey()) + ofValue(member.getValue());
                }
                yield size;
            }
            default -> throw new IllegalArgumentException("no attribute type " + typed.getKey());
        };
    }

    /** A byte for two significant digits, one more, and one for a sign. */
    private static int ofNumber(String text) {
        var number = new BigDecimal(text).stripTrailingZeros();
        return Math.ceilDiv(number.precision(), 2) + 1 + (number.signum() < 0 ? 1 : 0);
    }

    private static int ofBase64(String text) {
        long padding = text.chars().filter(c -> c == '=').count();
        return text.length() / 4 * 3 - (int) padding;
    }

    private static int sum(JsonNode array, ToIntFunction<JsonNode> size) {
        int sum = 0;
        for (var item : array) {
            sum += size.applyAsInt(item);
        }
        return sum;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
