package dev.certtide.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The stack's queues. */
final class StackQueues implements AutoCloseable {
    /** A message leaves one only after what follows from it is in the next; and from the last one to be checked again. */
    private static final List<String> IN_ORDER_OF_FLOW =
            List.of("url-registry", "recheck", "ssl-checker", "ssl-stats", "ssl-failures", "notifications");

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SqsClient sqs;

    StackQueues(SqsClient sqs) {
        this.sqs = sqs;
    }

    /** Sends a message. */
    void send(String queue, String message) {
        sqs.sendMessage(request -> request.queueUrl(url(queue)).messageBody(message));
    }

    /** Waits until all work is done; not for ever, since a function may fail. */
    void awaitIdle() {
        for (var waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(PAUSE)) {
            if (IN_ORDER_OF_FLOW.stream().allMatch(this::isEmpty)
                    || Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean isEmpty(String queue) {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(url(queue))
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .allMatch("0"::equals);
    }

    private String url(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(DemoBackend.PREFIX + queue))
                .queueUrl();
    }

    @Override
    public void close() {
        sqs.close();
    }
}
