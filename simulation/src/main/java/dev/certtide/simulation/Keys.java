package dev.certtide.simulation;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys of items. */
final class Keys {
    private Keys() {}

    static Map<String, AttributeValue> of(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }
}
