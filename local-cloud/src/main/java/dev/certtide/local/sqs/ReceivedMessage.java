package dev.certtide.local.sqs;

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
        Map<String, String> systemAttributes) {}
