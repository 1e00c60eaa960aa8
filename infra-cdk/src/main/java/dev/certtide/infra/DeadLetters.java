package dev.certtide.infra;

import java.time.Duration;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Where messages wait for a person: a queue that keeps them as long as SQS can, and an alarm on the first one. */
final class DeadLetters extends Construct {
    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    private final Queue queue;

    /** @param whatLiesHere for the alarm: which messages end up in this queue */
    DeadLetters(CerttideStack stack, Construct scope, String id, String name, String whatLiesHere) {
        super(scope, id);
        queue = Queue.Builder.create(this, "Queue")
                .queueName(stack.stage().physicalName(name))
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(CdkDuration.of(LONGEST_RETENTION))
                .build();
        stack.alarms()
                .onReaching(
                        1,
                        queue.metricApproximateNumberOfMessagesVisible(Alarms.maximum()),
                        this,
                        "NotEmpty",
                        name + "-not-empty",
                        "Messages wait in " + name + ": " + whatLiesHere);
    }

    Queue queue() {
        return queue;
    }
}
