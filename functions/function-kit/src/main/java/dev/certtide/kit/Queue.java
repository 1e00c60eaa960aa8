package dev.certtide.kit;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** One SQS queue to send to. */
public final class Queue {
    private final SqsClient sqs;
    private final String url;

    /** The queue of that URL. */
    public Queue(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    /**
     * Sends all messages, in as few requests as SQS allows.
     *
     * @throws IllegalStateException when SQS took some but not all; those taken may then be sent twice
     */
    public void send(List<String> messages) {
        send(messages.stream());
    }

    /**
     * Sends a message that nobody receives before {@code delay} has passed.
     *
     * @param delay rounded up to whole seconds, at most 15 minutes (Amazon SQS Developer Guide, "Message timers")
     */
    public void send(String message, Duration delay) {
        int seconds = Math.toIntExact(delay.plusNanos(999_999_999).toSeconds());
        sqs.sendMessage(request -> request.queueUrl(url).messageBody(message).delaySeconds(seconds));
    }

    /**
     * The same for messages that come one by one: each request is sent as soon as it is full, and what was sent is
     * forgotten.
     *
     * @throws IllegalStateException when SQS took some but not all; those taken, and all before, may then be sent twice
     */
    public void send(Stream<String> messages) {
        messages.sequential().gather(Requests.of(Requests::bytes)).forEach(this::sendBatch);
    }

    private void sendBatch(List<String> batch) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(batch.get(i))
                        .build())
                .toList();
        var response = sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
        if (!response.failed().isEmpty()) {
            throw new IllegalStateException("SQS refused " + response.failed().size() + " of " + batch.size()
                    + " messages: " + response.failed().getFirst().message());
        }
    }
}
