package dev.certtide.it.stack;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A dead-letter queue emptied into memory, where each test finds its own letters. */
public final class DeadLetterBox {
    private final SqsClient sqs;
    private final String queueUrl;
    private final List<DeadLetter> letters = new ArrayList<>();

    DeadLetterBox(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /** A message that could not be worked on; the attributes are empty where it has none. */
    public record DeadLetter(String body, String reason, String field, String function) {
        private static DeadLetter of(Message message) {
            return new DeadLetter(
                    message.body(),
                    attribute(message, "reason"),
                    attribute(message, "field"),
                    attribute(message, "function"));
        }

        private static String attribute(Message message, String name) {
            var value = message.messageAttributes().get(name);
            return value == null ? "" : value.stringValue();
        }
    }

    /** The letters so far whose body holds this text. */
    public synchronized List<DeadLetter> with(String text) {
        collect();
        return letters.stream().filter(letter -> letter.body().contains(text)).toList();
    }

    private void collect() {
        List<Message> some;
        do {
            some = sqs.receiveMessage(request ->
                            request.queueUrl(queueUrl).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            for (var message : some) {
                letters.add(DeadLetter.of(message));
                sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            }
        } while (!some.isEmpty());
    }
}
