package dev.certtide.kit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** One SNS topic to publish to. */
public final class Topic {
    private final SnsClient sns;
    private final String arn;

    /** The topic of that ARN. */
    public Topic(SnsClient sns, String arn) {
        this.sns = sns;
        this.arn = arn;
    }

    /**
     * Publishes all messages, in as few requests as SNS allows.
     *
     * @throws IllegalStateException when SNS took some but not all; those taken may then be published twice
     */
    public void publish(List<Message> messages) {
        messages.stream().gather(Requests.of(Message::bytes)).forEach(this::publishBatch);
    }

    private void publishBatch(List<Message> batch) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> PublishBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .message(batch.get(i).body())
                        .messageAttributes(attributes(batch.get(i)))
                        .build())
                .toList();
        var response = sns.publishBatch(request -> request.topicArn(arn).publishBatchRequestEntries(entries));
        if (!response.failed().isEmpty()) {
            throw new IllegalStateException("SNS refused " + response.failed().size() + " of " + batch.size()
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
