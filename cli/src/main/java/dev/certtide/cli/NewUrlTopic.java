package dev.certtide.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** The topic {@code new_url} of a stage. */
final class NewUrlTopic {
    private static final int MOST_ATTEMPTS = 5;

    /** Before the second attempt; before each further one twice as long as before the last. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final SnsClient sns;
    private final String arn;
    private final Consumer<Duration> pause;

    /**
     * The topic of that ARN.
     *
     * @param pause waits so long
     */
    NewUrlTopic(SnsClient sns, String arn, Consumer<Duration> pause) {
        this.sns = sns;
        this.arn = arn;
        this.pause = pause;
    }

    /** Does something with the topic. */
    static <T> T open(Cloud cloud, Function<NewUrlTopic, T> work) {
        return cloud.withSns(sns -> work.apply(new NewUrlTopic(
                // If that ends early, the next attempt is made early.
                sns, cloud.topic(sns, "new_url"), duration -> LockSupport.parkNanos(duration.toNanos()))));
    }

    /** The topic's ARN. */
    String arn() {
        return arn;
    }

    /**
     * Publishes messages, in as few requests as SNS allows.
     *
     * @throws IllegalStateException when SNS refuses some of them
     */
    void publish(List<String> messages) {
        var requests = new PublishRequests(this::publishTogether);
        messages.forEach(requests::add);
        requests.publish();
    }

    /**
     * Publishes the messages of one request. Those that SNS refuses for a reason of its own are published again.
     *
     * @throws IllegalStateException when SNS refuses some of them for good, or all the time
     */
    void publishTogether(List<String> messages) {
        var left = List.copyOf(messages);
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            var all = left;
            var failed = sns.publishBatch(request -> request.topicArn(arn).publishBatchRequestEntries(entries(all)))
                    .failed();
            if (!failed.isEmpty()) {
                if (attempt == MOST_ATTEMPTS || failed.stream().anyMatch(BatchResultErrorEntry::senderFault)) {
                    throw new IllegalStateException("SNS refused " + failed.size() + " messages: "
                            + failed.getFirst().message());
                }
                pause.accept(FIRST_PAUSE.multipliedBy(1L << attempt - 1));
            }
            left = failed.stream()
                    .map(refused -> all.get(Integer.parseInt(refused.id())))
                    .toList();
        }
    }

    private static List<PublishBatchRequestEntry> entries(List<String> messages) {
        return IntStream.range(0, messages.size())
                .mapToObj(i -> PublishBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .message(messages.get(i))
                        .build())
                .toList();
    }
}
