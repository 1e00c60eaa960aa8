package dev.certtide.kit;

import java.util.Map;

/**
 * A message for SNS or SQS, with attributes.
 *
 * @param body at most 256 KiB with its attributes
 * @param attributes at most ten, all texts; filter policies of SNS read them
 */
public record Message(String body, Map<String, String> attributes) {
    private static final int DATA_TYPE = "String".length();

    /** What SNS and SQS count: the body, and name, type and value of each attribute. */
    int bytes() {
        return Requests.bytes(body)
                + attributes.entrySet().stream()
                        .mapToInt(
                                entry -> Requests.bytes(entry.getKey()) + DATA_TYPE + Requests.bytes(entry.getValue()))
                        .sum();
    }
}
