package dev.certtide.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An event source mapping from a queue to a function ("Using Lambda with Amazon SQS").
 *
 * @param functionName name of the function, without a version or alias
 * @param batchSize 1 to 10,000
 * @param window how long to gather a batch, 0 to 300 seconds
 * @param maximumConcurrency 2 to 1,000, when limited
 * @param reportsBatchItemFailures whether the function's answer says which messages failed
 */
public record MappingSpec(
        String queueArn,
        String functionName,
        int batchSize,
        Duration window,
        Optional<Integer> maximumConcurrency,
        boolean reportsBatchItemFailures,
        boolean enabled) {

    static MappingSpec read(Resource resource) {
        return resource.read(properties -> {
            properties.withoutEffect("Tags");
            int batchSize = properties.number("BatchSize", 10, 1, 10_000);
            int window = properties.number("MaximumBatchingWindowInSeconds", 0, 0, 300);
            if (batchSize > 10 && window == 0) {
                throw properties.refuse(
                        "MaximumBatchingWindowInSeconds", "must be at least 1 when BatchSize is above 10");
            }
            var responses = properties.texts("FunctionResponseTypes");
            if (!List.of("ReportBatchItemFailures").containsAll(responses)) {
                throw properties.refuse("FunctionResponseTypes", "has an unknown value: " + responses);
            }
            var queue = properties.requiredText("EventSourceArn");
            if (!queue.contains(":sqs:")) throw properties.refuse("EventSourceArn", "must be a queue, is " + queue);
            return new MappingSpec(
                    queue,
                    functionName(properties.requiredText("FunctionName")),
                    batchSize,
                    Duration.ofSeconds(window),
                    properties
                            .object("ScalingConfig", scaling -> scaling.optionalNumber("MaximumConcurrency", 2, 1_000))
                            .flatMap(limit -> limit),
                    !responses.isEmpty(),
                    properties.flag("Enabled", true));
        });
    }

    /** The name in a function's name, ARN, or ARN with a version or alias. */
    static String functionName(String reference) {
        var parts = reference.split(":");
        return reference.startsWith("arn:") ? parts[6] : parts[0];
    }
}
