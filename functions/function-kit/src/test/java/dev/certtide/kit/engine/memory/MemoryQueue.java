package dev.certtide.kit.engine.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/** A standard queue. */
final class MemoryQueue {
    private final String name;
    private final Settings settings;
    private final List<Letter> letters = new ArrayList<>();
    private long received;

    /**
     * What a queue is created with.
     *
     * @param visibility how long a message that was received is hidden
     * @param delay how long a message is hidden that was sent without a delay of its own
     * @param redrive where messages go that were received too often
     */
    record Settings(Duration visibility, Duration delay, Optional<Redrive> redrive) {}

    /** @param mostReceives after so many, the next one finds it gone */
    record Redrive(MemoryQueue deadLetters, int mostReceives) {}

    /** What was sent. */
    record Content(String id, String body, Map<String, MessageAttributeValue> attributes, Instant sentAt) {}

    private static final class Letter {
        private final Content content;
        private Instant visibleAt;
        private int receives;
        private String receipt = "";

        private Letter(Content content, Instant visibleAt) {
            this.content = content;
            this.visibleAt = visibleAt;
        }

        private boolean isVisible(Instant now) {
            return !visibleAt.isAfter(now);
        }
    }

    MemoryQueue(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    void send(Content content, Instant visibleAt) {
        letters.add(new Letter(content, visibleAt));
    }

    /** At most so many messages that are visible, which are hidden from then on. */
    List<Message> receive(int most, Duration visibility, Instant now, Mischief mischief) {
        settings.redrive.ifPresent(redrive -> redrive(redrive, now));
        var messages = new ArrayList<Message>();
        var visible = new ArrayList<>(
                letters.stream().filter(letter -> letter.isVisible(now)).toList());
        while (messages.size() < most && !visible.isEmpty()) {
            var letter = visible.remove(mischief.next(visible.size()));
            letter.receives++;
            letter.receipt = name + "/" + ++received;
            letter.visibleAt = now.plus(visibility);
            messages.add(message(letter));
        }
        return messages;
    }

    private void redrive(Redrive redrive, Instant now) {
        var dead = letters.stream()
                .filter(letter -> letter.isVisible(now) && letter.receives >= redrive.mostReceives)
                .toList();
        dead.forEach(letter -> redrive.deadLetters.send(letter.content, now));
        letters.removeAll(dead);
    }

    private static Message message(Letter letter) {
        return Message.builder()
                .messageId(letter.content.id)
                .receiptHandle(letter.receipt)
                .body(letter.content.body)
                .messageAttributes(letter.content.attributes)
                .attributes(Map.of(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        Integer.toString(letter.receives),
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        Long.toString(letter.content.sentAt.toEpochMilli())))
                .build();
    }

    /** By the receipt of its last receipt; an older one does nothing (API Reference, "DeleteMessage"). */
    void delete(String receipt) {
        checkIsOurs(receipt);
        letters.removeIf(letter -> letter.receipt.equals(receipt));
    }

    void changeVisibility(String receipt, Duration visibility, Instant now) {
        checkIsOurs(receipt);
        var letter = letters.stream()
                .filter(one -> one.receipt.equals(receipt) && !one.isVisible(now))
                .findFirst()
                .orElseThrow(() -> MessageNotInflightException.builder()
                        .message("The message is not in flight")
                        .awsErrorDetails(Refusals.details("AWS.SimpleQueueService.MessageNotInflight", "not in flight"))
                        .build());
        letter.visibleAt = now.plus(visibility);
    }

    private void checkIsOurs(String receipt) {
        if (!receipt.startsWith(name + "/")) {
            throw ReceiptHandleIsInvalidException.builder()
                    .message("The receipt handle is not valid: " + receipt)
                    .awsErrorDetails(Refusals.details("ReceiptHandleIsInvalid", "not of this queue"))
                    .build();
        }
    }

    /** When the next message is visible; at once if one is. */
    Optional<Instant> nextVisible() {
        return letters.stream().map(letter -> letter.visibleAt).min(Instant::compareTo);
    }

    long visible(Instant now) {
        return letters.stream().filter(letter -> letter.isVisible(now)).count();
    }

    /** Those that were received and not deleted, or else those that are still delayed. */
    long hidden(Instant now, boolean wasReceived) {
        return letters.stream()
                .filter(letter -> !letter.isVisible(now) && letter.receives > 0 == wasReceived)
                .count();
    }
}
