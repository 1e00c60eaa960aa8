package dev.certtide.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** The topic {@code new_url} of a stage. */
final class NewUrlTopic {
    /** Amazon SNS API Reference, "PublishBatch": ten messages, of 256 KiB together. */
    static final int MOST_MESSAGES = 10;

    static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_ATTEMPTS = 4;

    private final SnsClient sns;
    private final String arn;

    private NewUrlTopic(SnsClient sns, String arn) {
        this.sns = sns;
        this.arn = arn;
    }

    /** Does something with the topic. */
    static <T> T open(Cloud cloud, Function<NewUrlTopic, T> work) {
        return cloud.withSns(sns -> work.apply(new NewUrlTopic(sns, cloud.topic(sns, "new_url"))));
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
        var request = new ArrayList<String>();
        int bytes = 0;
        for (var message : messages) {
            int more = bytes(message);
            if (request.size() == MOST_MESSAGES || bytes + more > MOST_BYTES) {
                publishTogether(request);
                request.clear();
                bytes = 0;
            }
            request.add(message);
            bytes += more;
        }
        publishTogether(request);
    }

    static int bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Those that SNS refuses for a reason of its own are published again. */
    private void publishTogether(List<String> messages) {
        var left = List.copyOf(messages);
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            var all = left;
            var failed = sns.publishBatch(request -> request.topicArn(arn).publishBatchRequestEntries(entries(all)))
                    .failed();
            if (!failed.isEmpty()
                    && (attempt == MOST_ATTEMPTS || failed.stream().anyMatch(BatchResultErrorEntry::senderFault))) {
                throw new IllegalStateException("SNS refused " + failed.size() + " messages: "
                        + failed.getFirst().message());
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
