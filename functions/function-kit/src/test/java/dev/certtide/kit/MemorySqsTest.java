package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** The queues in memory do what those of ElasticMQ do, but for the time that passes there by itself. */
@ExtendWith(Engines.class)
class MemorySqsTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = BEGIN;

    /** What both can do: time passes at once here, and while messages are waited for there. */
    abstract static class OfBoth {
        private String queue;

        private SqsClient sqs;

        abstract SqsClient client(LocalSqs elasticMq);

        abstract void pass(Duration time);

        private String newQueue(Map<QueueAttributeName, String> attributes) {
            return sqs.createQueue(request ->
                            request.queueName("q-" + UUID.randomUUID()).attributes(attributes))
                    .queueUrl();
        }

        @BeforeEach
        void newQueue(LocalSqs elasticMq) {
            sqs = client(elasticMq);
            queue = newQueue(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
        }

        private void send(String body) {
            sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
        }

        private List<Message> receive(String url, int waitSeconds) {
            return sqs.receiveMessage(request ->
                            request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(waitSeconds))
                    .messages();
        }

        private static String receives(Message message) {
            return message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        }

        @Test
        void whatIsSentIsReceivedAndHiddenAndDeleted() {
            var entries = IntStream.range(0, 3)
                    .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                            .id("e" + i)
                            .messageBody("body " + i)
                            .build())
                    .toList();
            assertEquals(
                    3,
                    sqs.sendMessageBatch(request -> request.queueUrl(queue).entries(entries))
                            .successful()
                            .size());
            var messages = receive(queue, 0);
            assertEquals(
                    List.of("body 0", "body 1", "body 2"),
                    messages.stream().map(Message::body).sorted().toList());
            assertEquals(List.of(), receive(queue, 0), "hidden");
            messages.forEach(message ->
                    sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())));
            pass(Duration.ofSeconds(2));
            assertEquals(List.of(), receive(queue, 2), "deleted");
        }

        @Test
        void whatIsNotDeletedComesBackAfterItsTimeout() {
            send("lost ack");
            var first = receive(queue, 0).getFirst();
            pass(Duration.ofSeconds(1));
            var again = receive(queue, 5).getFirst();
            assertEquals(first.messageId(), again.messageId());
            assertEquals("lost ack", again.body());
        }

        @Test
        void aMessageComesBackAtOnceIfThatIsAskedFor() {
            send("again");
            var first = receive(queue, 0).getFirst();
            sqs.changeMessageVisibility(request ->
                    request.queueUrl(queue).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
            assertEquals(first.messageId(), receive(queue, 1).getFirst().messageId());
        }

        @Test
        void aMessageThatIsDelayedComesLater() {
            sqs.sendMessage(
                    request -> request.queueUrl(queue).messageBody("later").delaySeconds(1));
            assertEquals(List.of(), receive(queue, 0));
            pass(Duration.ofSeconds(1));
            assertEquals("later", receive(queue, 5).getFirst().body());
        }

        @Test
        void whatWasReceivedTooOftenIsADeadLetter() {
            var dead = newQueue(Map.of());
            var arn = sqs.getQueueAttributes(
                            request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            var policy = "{\"deadLetterTargetArn\": \"%s\", \"maxReceiveCount\": 2}".formatted(arn);
            queue = newQueue(
                    Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0", QueueAttributeName.REDRIVE_POLICY, policy));
            send("poison");
            assertEquals(1, receive(queue, 1).size());
            assertEquals(1, receive(queue, 1).size());
            assertEquals(List.of(), receive(queue, 1));
            assertEquals("poison", receive(dead, 1).getFirst().body());
        }

        @Test
        void aQueueThatIsNotThereAndABatchTooLargeAreRefused() {
            var nowhere = queue + "-not";
            assertThrows(QueueDoesNotExistException.class, () -> receive(nowhere, 0));
            var entries = IntStream.range(0, 11)
                    .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                            .id("e" + i)
                            .messageBody("x")
                            .build())
                    .toList();
            assertThrows(
                    TooManyEntriesInBatchRequestException.class,
                    () -> sqs.sendMessageBatch(
                            request -> request.queueUrl(queue).entries(entries)));
        }

        @Test
        void howOftenAMessageWasReceivedIsTold() {
            send("counted");
            var counts = new ArrayList<String>();
            for (int i = 0; i < 2; i++) {
                sqs.receiveMessage(request -> request.queueUrl(queue)
                                .visibilityTimeout(0)
                                .waitTimeSeconds(1)
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                        .messages()
                        .forEach(message -> counts.add(receives(message)));
            }
            assertEquals(List.of("1", "2"), counts);
        }
    }

    @Nested
    class InMemory extends OfBoth {
        private final MemorySqs memory = new MemorySqs(() -> now, Mischief.none());

        @Override
        SqsClient client(LocalSqs elasticMq) {
            return memory;
        }

        @Override
        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @Nested
    class OnElasticMq extends OfBoth {
        @Override
        SqsClient client(LocalSqs elasticMq) {
            return elasticMq.client();
        }

        @Override
        void pass(Duration time) {
            // It does by itself: receiving waits for messages.
        }
    }

    @Test
    void mischiefIsTheSameForTheSameSeedAndLosesNothing() {
        var rates = new Mischief.Rates(0.2, 0.2, Duration.ofMinutes(10), 0.3);
        var all = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();
        var seed = 42;
        var mischief = Mischief.seeded(seed, rates);
        var received = receiveAll(all, mischief);
        assertEquals(received, receiveAll(all, Mischief.seeded(seed, rates)));
        assertEquals(
                all,
                received.stream()
                        .distinct()
                        .sorted(java.util.Comparator.comparing(m -> Integer.valueOf(m.substring(1))))
                        .toList());
        assertEquals(300 + mischief.counts().get(Mischief.Kind.DUPLICATE), received.size());
        assertTrue(
                mischief.counts().keySet().containsAll(List.of(Mischief.Kind.values())), mischief.counts()::toString);
        assertTrue(!received.stream().distinct().toList().equals(all), "out of order");
        assertEquals(all, receiveAll(all, Mischief.none()));
    }

    private List<String> receiveAll(List<String> bodies, Mischief mischief) {
        now = BEGIN;
        var sqs = new MemorySqs(() -> now, mischief);
        var queue = sqs.createQueue(request -> request.queueName("q")).queueUrl();
        new Queue(sqs, queue).send(bodies);
        var received = new ArrayList<String>();
        for (var next = sqs.nextVisible(queue); next.isPresent(); next = sqs.nextVisible(queue)) {
            now = next.get().isAfter(now) ? next.get() : now;
            sqs.receiveMessage(request -> request.queueUrl(queue)).messages().forEach(message -> {
                received.add(message.body());
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
            });
        }
        return received;
    }
}
