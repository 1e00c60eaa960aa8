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
        long size = body.getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : attributes.entrySet()) {
            size += attribute.getValue().size(attribute.getKey());
        }
        return size;
    }
}
