package dev.certtide.infra;

import java.time.Duration;
import java.util.Map;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Work for one function: queue, dead-letter queue, the mapping that feeds the function, and alarms. */
final class WorkQueue extends Construct {
    /** AWS Lambda Developer Guide, "Using Lambda with Amazon SQS": "at least six times the timeout that you configure on your function", plus the batch window. */
    private static final int TIMEOUTS_PER_VISIBILITY = 6;

    private static final Duration OLD = Duration.ofMinutes(15);

    private final CerttideStack stack;
    private final String name;
    private final Queue queue;

    /** Feeds the function, which finds the dead-letter queue by {@code DEAD_LETTER_QUEUE_URL}. */
    WorkQueue(CerttideStack stack, String id, String name, JavaFunction consumer, Batching batching) {
        this(stack, id, name, consumer, batching, "DEAD_LETTER_QUEUE_URL");
    }

    /** A further queue of the function, which finds its dead-letter queue by another environment variable. */
    WorkQueue(
            CerttideStack stack,
            String id,
            String name,
            JavaFunction consumer,
            Batching batching,
            String deadLettersVariable) {
        super(stack, id);
        this.stack = stack;
        this.name = name;
        var deadLetters = new DeadLetters(
                stack,
                this,
                "DeadLetters",
                name + "-dlq",
                "refused by " + consumer.name() + " (see the attribute 'reason') or failed " + batching.attempts()
                        + " times");
        queue = Queue.Builder.create(this, "Queue")
                .queueName(stack.stage().physicalName(name))
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .visibilityTimeout(CdkDuration.of(visibility(consumer.timeout(), batching.window())))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters.queue())
                        .maxReceiveCount(batching.attempts())
                        .build())
                .build();
        consumer.sendsTo(deadLetters.queue(), deadLettersVariable);
        feed(consumer, batching, stack.stage().concurrency(batching.concurrency()));
        stack.alarms()
                .onReaching(
                        OLD.toSeconds(),
                        queue.metricApproximateAgeOfOldestMessage(Alarms.maximum()),
                        this,
                        "Old",
                        name + "-old",
                        "Messages wait in " + name + " for more than " + OLD.toMinutes() + " minutes: "
                                + consumer.name() + " fails or is too slow");
    }

    /** Takes every event of the topic. */
    WorkQueue subscribedTo(EventTopic topic) {
        new Subscription(stack, topic, this, Map.of());
        return this;
    }

    /** Takes the events whose message attribute has the value; publishers must set it, or the event passes by. */
    WorkQueue subscribedTo(EventTopic topic, String attribute, String value) {
        new Subscription(stack, topic, this, Map.of(attribute, value));
        return this;
    }

    Queue queue() {
        return queue;
    }

    /** {@code ssl-checker}, {@code recheck}, ... */
    String name() {
        return name;
    }

    private void feed(JavaFunction consumer, Batching batching, int concurrency) {
        consumer.reserve(concurrency);
        consumer.live()
                .addEventSource(SqsEventSource.Builder.create(queue)
                        .batchSize(batching.size())
                        .maxBatchingWindow(CdkDuration.of(batching.window()))
                        .maxConcurrency(concurrency)
                        .reportBatchItemFailures(true)
                        .build());
    }

    private static Duration visibility(Duration timeout, Duration window) {
        return timeout.multipliedBy(TIMEOUTS_PER_VISIBILITY).plus(window);
    }
}
