package dev.certtide.local.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message as a receive call returns it.
 *
 * @param systemAttributes {@code ApproximateReceiveCount}, {@code SentTimestamp} and the others that SQS sets
 */
public record ReceivedMessage(
        String messageId,
        String receiptHandle,
        String body,
        Map<String, MessageAttribute> attributes,
        Map<String, String> systemAttributes) {

    /** Bytes that count: body, and name, type and value of each attribute ("Amazon SQS message quotas"). */
    public long size() {
        long size = utf8(body);
        for (var attribute : attributes.entrySet()) {
            size += utf8(attribute.getKey())
                    + utf8(attribute.getValue().dataType())
                    + utf8(attribute.getValue().value());
        }
        return size;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
