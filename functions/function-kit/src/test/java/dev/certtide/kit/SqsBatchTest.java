package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class SqsBatchTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private LocalSqs sqs;
    private String deadLetters;
    private final Invocation invocation = new Invocation("url-registry", LONG);

    @BeforeEach
    void newDeadLetterQueue(LocalSqs sqs) {
        this.sqs = sqs;
        deadLetters = sqs.newQueue();
    }

    @Test
    void onlyTheMessagesThatFailComeBack() {
        var response = batch(invocation, deadLetters)
                .process(Invocation.messages("a", "bad", "c"), invocation, message -> {
                    if (message.getBody().equals("bad")) {
                        throw new IOException("the table is away");
                    }
                });
        assertEquals(Set.of("m-1"), failures(response));
        assertEquals(List.of(), sqs.drain(deadLetters));
    }

    @Test
    void aMessageThatCanNeverBeWorkedOnIsKeptWithItsReasonAndDoesNotComeBack() {
        var response = batch(invocation, deadLetters)
                .process(Invocation.messages("a", "bad ü"), invocation, message -> {
                    if (message.getBody().startsWith("bad")) {
                        throw new InvalidInputException("data.url", "is missing");
                    }
                });
        assertEquals(Set.of(), failures(response));
        var kept = sqs.drain(deadLetters);
        assertEquals(1, kept.size());
        assertEquals("bad ü", kept.getFirst().body());
        var attributes = new HashMap<String, String>();
        kept.getFirst().messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
        assertEquals(
                Map.of("reason", "data.url: is missing", "field", "data.url", "function", "url-registry"), attributes);
    }

    @Test
    void aReasonWithoutAFieldHasNoFieldAndALongOneIsCut() {
        batch(invocation, deadLetters).process(Invocation.messages("bad"), invocation, _ -> {
            throw new InvalidInputException("", "x".repeat(5000));
        });
        var attributes = sqs.drain(deadLetters).getFirst().messageAttributes();
        assertFalse(attributes.containsKey("field"));
        assertEquals("x".repeat(1000) + "…", attributes.get("reason").stringValue());
    }

    @Test
    void aMessageThatAsksForASecondTryComesBackThenAndNotWhenTheQueueSays() {
        var queue = sqs.newQueue();
        sqs.client().sendMessage(request -> request.queueUrl(queue).messageBody("later"));
        var received = sqs.client()
                .receiveMessage(request -> request.queueUrl(queue).visibilityTimeout(600))
                .messages()
                .getFirst();
        var event = Invocation.messages("later");
        event.getRecords().getFirst().setReceiptHandle(received.receiptHandle());
        event.getRecords()
                .getFirst()
                .setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + queue.substring(queue.lastIndexOf('/') + 1));
        var response = batch(invocation, deadLetters).process(event, invocation, _ -> {
            throw new RetryLaterException("taken", Duration.ofSeconds(1));
        });
        assertEquals(Set.of("m-0"), failures(response));
        var again = sqs.client()
                .receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(10))
                .messages();
        assertEquals(
                List.of("later"),
                again.stream()
                        .map(software.amazon.awssdk.services.sqs.model.Message::body)
                        .toList());
    }

    /** Most waits are short in truth; what a provider asks for is not. */
    @Test
    void theFirstWaitIsShortUnlessItMustNotBe() {
        for (var later : List.of(
                new RetryLaterException("taken", Duration.ofSeconds(35)),
                RetryLaterException.notBefore("throttled", Duration.ofSeconds(35)))) {
            var event = Invocation.messages(later.getMessage());
            var message = event.getRecords().getFirst();
            message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
            message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:gone");
            batch(invocation, deadLetters).process(event, invocation, _ -> {
                throw later;
            });
        }
        assertTrue(
                waits("taken", 2) && waits("throttled", 35), invocation.lines().toString());
    }

    private boolean waits(String reason, int seconds) {
        return invocation.lines().stream()
                .anyMatch(line -> line.contains("\"reason\":\"" + reason + "\"")
                        && line.matches("(?s).*\"seconds\":" + seconds + "\\b.*"));
    }

    @Test
    void aMessageThatCantBeBuriedComesBack() {
        var response = batch(invocation, deadLetters + "-gone")
                .process(Invocation.messages("bad", "good"), invocation, message -> {
                    if (message.getBody().equals("bad")) {
                        throw new InvalidInputException("url", "is missing");
                    }
                });
        assertEquals(Set.of("m-0"), failures(response));
    }

    @Test
    void anErrorOfOneMessageIsAFailureOfThatMessage() {
        var response = batch(invocation, deadLetters).process(Invocation.messages("a", "b"), invocation, message -> {
            if (message.getBody().equals("a")) {
                throw new StackOverflowError("deep");
            }
        });
        assertEquals(Set.of("m-0"), failures(response));
    }

    @Test
    @Timeout(20)
    void messagesAreWorkedOnAllAtOnce() {
        var all = new CyclicBarrier(10);
        var response = batch(invocation, deadLetters)
                .process(
                        Invocation.messages(
                                IntStream.range(0, 10).mapToObj(i -> "m" + i).toArray(String[]::new)),
                        invocation,
                        _ -> all.await());
        assertEquals(Set.of(), failures(response));
    }

    @Test
    @Timeout(20)
    void whatIsUnfinishedWhenTimeIsUpFailsInTimeAndTheRestDoesNot() {
        var soon = new Invocation("url-registry", Duration.ofMillis(1500));
        var never = new CountDownLatch(1);
        var response = batch(soon, deadLetters)
                .process(Invocation.messages("quick", "slow", "quick"), soon, message -> {
                    if (message.getBody().equals("slow")) {
                        never.await();
                    }
                });
        assertEquals(Set.of("m-1"), failures(response));
        assertTrue(
                soon.getRemainingTimeInMillis() > 100, "answered with " + soon.getRemainingTimeInMillis() + " ms left");
    }

    @Test
    @Timeout(20)
    void aMessageThatCantBeInterruptedDoesNotHoldUpTheAnswer() {
        var soon = new Invocation("url-registry", Duration.ofMillis(1500));
        var end = new CountDownLatch(1);
        var response = batch(soon, deadLetters).process(Invocation.messages("stubborn"), soon, _ -> {
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException ignored) {
                    // As a driver without interruption points does.
                }
            }
        });
        end.countDown();
        assertEquals(Set.of("m-0"), failures(response));
    }

    @Test
    void nothingToDoIsNoFailure() {
        assertEquals(Set.of(), failures(batch(invocation, deadLetters).process(new SQSEvent(), invocation, _ -> {})));
        assertEquals(
                Set.of(), failures(batch(invocation, deadLetters).process(Invocation.messages(), invocation, _ -> {})));
    }

    @Test
    void whatIsLoggedNamesItsMessageAndTrace() {
        var log = Log.of(new Environment(Map.of("STAGE", "local")), InstantSource.system(), invocation);
        batch(invocation, deadLetters)
                .process(
                        Invocation.messages("a", "b"),
                        invocation,
                        message -> log.info("seen", Map.of("body", message.getBody())));
        var seen = new ConcurrentHashMap<String, String>();
        invocation.lines().stream()
                .map(line -> (Map<?, ?>) Json.readTree(line))
                .forEach(line -> seen.put((String) line.get("body"), line.get("eventId") + " " + line.get("traceId")));
        assertEquals(Map.of("a", "m-0 Root=1-m-0", "b", "m-1 Root=1-m-1"), seen);
    }

    private SqsBatch batch(Invocation of, String deadLetterQueue) {
        return new SqsBatch(
                Log.of(new Environment(Map.of("STAGE", "local")), InstantSource.system(), of),
                new DeadLetters(new Queue(sqs.client(), deadLetterQueue), of.getFunctionName()),
                new Visibility(sqs::client));
    }

    private static Set<String> failures(SQSBatchResponse response) {
        return response.getBatchItemFailures().stream()
                .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .collect(Collectors.toSet());
    }
}
