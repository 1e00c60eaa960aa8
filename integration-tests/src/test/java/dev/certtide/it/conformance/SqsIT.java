package dev.certtide.it.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** SQS as its developer guide and API reference describe it, seen by the real client. */
@CerttideStack
class SqsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox;
    private final String queue;

    SqsIT(Stack stack) {
        sandbox = new Sandbox(stack);
        queue = sandbox.newQueue();
    }

    @Test
    void aReceivedMessageIsHiddenAndComesBackAfterItsVisibilityTimeout() {
        send("m");
        var first = receiveFor(2);
        assertEquals(List.of(), receiveFor(2));
        assertEquals("1", sandbox.attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
        var again = await().atMost(PATIENCE).until(() -> receiveFor(2), found -> !found.isEmpty());
        assertEquals(first.getFirst().messageId(), again.getFirst().messageId());
        assertEquals("2", again.getFirst().attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    }

    @Test
    void aVisibilityOfZeroShowsAMessageAtOnce() {
        send("m");
        var received = receiveFor(600).getFirst();
        sandbox.sqs().changeMessageVisibility(request -> request.queueUrl(queue)
                .receiptHandle(received.receiptHandle())
                .visibilityTimeout(0));
        assertEquals(1, receiveFor(600).size());
    }

    @Test
    void aDeletedMessageDoesNotComeBackAndDeletingItAgainIsNoError() {
        send("m");
        var handle = receiveFor(0).getFirst().receiptHandle();
        sandbox.sqs().deleteMessage(request -> request.queueUrl(queue).receiptHandle(handle));
        sandbox.sqs().deleteMessage(request -> request.queueUrl(queue).receiptHandle(handle));
        assertEquals(List.of(), sandbox.receive(queue, 0));
    }

    @Test
    void afterTheMaximumOfReceivesAMessageGoesToTheDeadLetterQueueAndCanBeMovedBack() {
        var dead = sandbox.newQueue();
        var source = sandbox.newQueue(Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":5}".formatted(sandbox.arnOf(dead))));
        sandbox.sqs()
                .sendMessage(request ->
                        request.queueUrl(source).messageBody("poison").messageAttributes(Map.of("kind", text("v"))));
        for (int i = 1; i <= 5; i++) {
            var received = sandbox.sqs()
                    .receiveMessage(request -> request.queueUrl(source)
                            .visibilityTimeout(0)
                            .waitTimeSeconds(5)
                            .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                    .messages()
                    .getFirst();
            assertEquals(
                    Integer.toString(i),
                    received.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        }
        assertEquals(List.of(), sandbox.receive(source, 0));
        await().atMost(PATIENCE).until(() -> sandbox.attribute(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                .equals("1"));

        sandbox.sqs().startMessageMoveTask(request -> request.sourceArn(sandbox.arnOf(dead)));
        var back = sandbox.receive(source, 1);
        assertEquals(List.of("poison"), back.stream().map(Message::body).toList());
        assertEquals("v", back.getFirst().messageAttributes().get("kind").stringValue());
        assertEquals("0", sandbox.attribute(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    @Test
    void aLongPollReturnsAsSoonAsThereIsAMessage() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = CompletableFuture.supplyAsync(
                    () -> sandbox.sqs()
                            .receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(20)),
                    threads);
            long start = System.nanoTime();
            send("m");
            assertEquals(1, waiting.get(20, TimeUnit.SECONDS).messages().size());
            assertTrue(
                    Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10,
                    "it waited although there was a message");
        }
    }

    @Test
    void aDelayedMessageComesLater() {
        sandbox.sqs()
                .sendMessage(
                        request -> request.queueUrl(queue).messageBody("late").delaySeconds(1));
        assertEquals("1", sandbox.attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
        assertEquals(List.of("late"), sandbox.bodies(queue, 1));
    }

    @Test
    void attributesOfAllTypesArriveAndOnlyThoseThatAreAskedFor() {
        var attributes = Map.of(
                "text",
                text("ä"),
                "count",
                MessageAttributeValue.builder()
                        .dataType("Number")
                        .stringValue("12")
                        .build(),
                "bytes",
                MessageAttributeValue.builder()
                        .dataType("Binary")
                        .binaryValue(SdkBytes.fromUtf8String("zz"))
                        .build());
        sandbox.sqs()
                .sendMessage(request -> request.queueUrl(queue).messageBody("m").messageAttributes(attributes));
        var some = sandbox.sqs()
                .receiveMessage(
                        request -> request.queueUrl(queue).visibilityTimeout(0).messageAttributeNames("text"))
                .messages();
        assertEquals(Map.of("text", text("ä")), some.getFirst().messageAttributes());
        assertEquals(attributes, sandbox.receive(queue, 1).getFirst().messageAttributes());
    }

    @Test
    void batchesHaveTheirLimits() {
        var eleven = IntStream.range(0, 11).mapToObj(i -> entry("e" + i)).toList();
        assertThrows(TooManyEntriesInBatchRequestException.class, () -> sendBatch(eleven));
        assertThrows(EmptyBatchRequestException.class, () -> sendBatch(List.of()));
        assertThrows(BatchEntryIdsNotDistinctException.class, () -> sendBatch(List.of(entry("a"), entry("a"))));
        sendBatch(IntStream.range(0, 10).mapToObj(i -> entry("e" + i)).toList());
        assertEquals(10, sandbox.receive(queue, 10).size());
    }

    @Test
    void mistakesAreAnsweredAsSqsAnswersThem() {
        var nowhere = queue + "-gone";
        assertThrows(QueueDoesNotExistException.class, () -> sandbox.sqs()
                .getQueueUrl(request -> request.queueName("no-such-queue")));
        assertThrows(QueueDoesNotExistException.class, () -> sandbox.sqs()
                .sendMessage(request -> request.queueUrl(nowhere).messageBody("m")));
        assertThrows(SqsException.class, () -> sandbox.sqs()
                .sendMessage(request -> request.queueUrl(queue).messageBody("")));
        assertThrows(SqsException.class, () -> sandbox.sqs()
                .receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(11)));
        assertThrows(SqsException.class, () -> sandbox.sqs()
                .receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(21)));
    }

    @Test
    void creatingAQueueAgainGivesTheSameOne() {
        var name = queue.substring(queue.lastIndexOf('/') + 1);
        assertEquals(
                queue,
                sandbox.sqs().createQueue(request -> request.queueName(name)).queueUrl());
        assertEquals(
                queue,
                sandbox.sqs().getQueueUrl(request -> request.queueName(name)).queueUrl());
    }

    private List<Message> receiveFor(int visibilitySeconds) {
        return sandbox.sqs()
                .receiveMessage(request -> request.queueUrl(queue)
                        .visibilityTimeout(visibilitySeconds)
                        .messageSystemAttributeNamesWithStrings("All"))
                .messages();
    }

    private void send(String body) {
        sandbox.sqs().sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    private void sendBatch(List<SendMessageBatchRequestEntry> entries) {
        sandbox.sqs().sendMessageBatch(request -> request.queueUrl(queue).entries(entries));
    }

    private static SendMessageBatchRequestEntry entry(String id) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody("m").build();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
