package dev.certtide.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * A standard SQS queue as the template describes it.
 *
 * @param redrive where messages go that were received too often
 * @param retention how long AWS would keep a message, 1 minute to 14 days; checked, but without effect here
 */
public record QueueSpec(
        String name,
        String arn,
        Duration visibilityTimeout,
        Duration delay,
        Duration receiveWait,
        Optional<Redrive> redrive,
        Duration retention) {

    /** @param maxReceiveCount 1 to 1,000 */
    public record Redrive(String deadLetterQueueArn, int maxReceiveCount) {}

    static QueueSpec read(Resource resource) {
        return resource.read(properties -> {
            // ElasticMQ takes no retention, size limit, encryption or policy: known, checked where it can be, no
            // effect.
            properties.number("MaximumMessageSize", 1_048_576, 1_024, 1_048_576);
            properties.withoutEffect(
                    "QueueName",
                    "SqsManagedSseEnabled",
                    "KmsMasterKeyId",
                    "KmsDataKeyReusePeriodSeconds",
                    "RedriveAllowPolicy",
                    "Tags");
            return new QueueSpec(
                    Place.nameOf(resource.ref()),
                    resource.place().arn("sqs", Place.nameOf(resource.ref())),
                    Duration.ofSeconds(properties.number("VisibilityTimeout", 30, 0, 43_200)),
                    Duration.ofSeconds(properties.number("DelaySeconds", 0, 0, 900)),
                    Duration.ofSeconds(properties.number("ReceiveMessageWaitTimeSeconds", 0, 0, 20)),
                    properties.object(
                            "RedrivePolicy",
                            redrive -> new Redrive(
                                    redrive.requiredText("deadLetterTargetArn"),
                                    redrive.number("maxReceiveCount", 10, 1, 1_000))),
                    Duration.ofSeconds(properties.number("MessageRetentionPeriod", 345_600, 60, 1_209_600)));
        });
    }
}
