package dev.certtide.kit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** One SQS queue to send to. */
public final class Queue {
    private static final int REQUESTS_AT_ONCE = 8;

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
        messages.sequential()
                .map(body -> new Message(body, Map.of()))
                .gather(Requests.of(Message::bytes))
                .forEach(this::sendBatch);
    }

    /**
     * Sends all messages in no order, several requests at a time.
     *
     * @throws IllegalStateException when SQS took some but not all; those taken may then be sent twice
     */
    public void sendSideBySide(List<Message> messages) {
        SideBySide.each(
                messages.stream().gather(Requests.of(Message::bytes)).toList(),
                Function.identity(),
                REQUESTS_AT_ONCE,
                this::sendBatch);
    }

    private void sendBatch(List<Message> batch) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(batch.get(i).body())
                        .messageAttributes(attributes(batch.get(i)))
                        .build())
                .toList();
        var response = sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
        if (!response.failed().isEmpty()) {
            throw new IllegalStateException("SQS refused " + response.failed().size() + " of " + batch.size()
                    + " messages: " + response.failed().getFirst().message());
        }
    }

    private static Map<String, MessageAttributeValue> attributes(Message message) {
        return message.attributes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(entry.getValue())
                        .build()));
    }
}
