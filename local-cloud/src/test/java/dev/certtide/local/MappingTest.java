package dev.certtide.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Queue to function, as "Using Lambda with Amazon SQS" describes it. The queue hides a message for 1 s, and gives up after 2. */
class MappingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private LocalCloud cloud;
    private Clients clients;

    private void start(Consumer<ObjectNode> change) throws IOException {
        cloud = LocalCloud.of(SampleAssembly.write(folder, change))
                .port(0)
                .functionLog(log::add)
                .start();
        clients = Clients.of(cloud.endpoint());
    }

    @AfterEach
    void stop() {
        clients.close();
        cloud.close();
    }

    @Test
    void aPoisonedMessageGoesToTheDeadLetterQueueAndItsBatchMatesAreDone() throws IOException {
        start(resources -> {});
        send("good-1", "poison", "good-2");
        await().atMost(PATIENCE).until(() -> deadLetters() == 1);
        assertEquals(
                "poison", clients.drain(clients.urlOf("work-dlq")).getFirst().body());
        assertEquals(1, count("worker done good-1"));
        assertEquals(1, count("worker done good-2"));
        await().until(() -> visible("work") == 0);
    }

    @Test
    void whenTheFunctionThrowsTheWholeBatchComesBack() throws IOException {
        start(resources -> {});
        send("boom");
        await().atMost(PATIENCE).until(() -> deadLetters() == 1);
        assertEquals(2, count("worker ERROR java.lang.IllegalStateException: boom"));
    }

    @Test
    void withoutReportingTheAnswerOfTheFunctionDoesNotMatter() throws IOException {
        start(resources -> mapping(resources).remove("FunctionResponseTypes"));
        send("poison", "good");
        await().atMost(PATIENCE)
                .until(() -> count("worker done good") == 1 && visible("work") == 0 && hidden("work") == 0);
        assertEquals(0, deadLetters());
    }

    @Test
    void noMoreInvocationsRunAtOnceThanTheMappingAllows() throws IOException {
        start(resources -> mapping(resources).put("BatchSize", 1));
        send(IntStream.range(0, 10).mapToObj(i -> "slow-" + i).toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> count("worker done slow") == 10);
        assertTrue(count("worker running 2 ") > 0, log.toString());
        assertFalse(log.stream().anyMatch(line -> line.startsWith("worker running 3 ")), log.toString());
    }

    @Test
    void aWindowGathersABatch() throws IOException {
        start(resources -> {
            mapping(resources).put("BatchSize", 50).put("MaximumBatchingWindowInSeconds", 2);
            ((ObjectNode) resources.at("/Work/Properties")).put("VisibilityTimeout", 30);
        });
        for (int i = 0; i < 20; i++) send("m" + i);
        await().atMost(PATIENCE).until(() -> count("worker done m") == 20);
        assertTrue(
                log.stream().filter(line -> line.startsWith("worker running")).count() <= 2, log.toString());
    }

    @Test
    void aMappingThatIsNotEnabledLeavesItsQueueAlone() throws IOException {
        start(resources -> mapping(resources).put("Enabled", false));
        send("waiting");
        assertEquals("waiting", clients.drain(clients.urlOf("work")).getFirst().body());
    }

    private static ObjectNode mapping(ObjectNode resources) {
        return (ObjectNode) resources.at("/WorkerMapping/Properties");
    }

    private void send(String... bodies) {
        var entries = IntStream.range(0, bodies.length)
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id("e" + i)
                        .messageBody(bodies[i])
                        .build())
                .toList();
        clients.sqs().sendMessageBatch(b -> b.queueUrl(clients.urlOf("work")).entries(entries));
    }

    private long count(String prefix) {
        return log.stream().filter(line -> line.startsWith(prefix)).count();
    }

    private int deadLetters() {
        return visible("work-dlq");
    }

    private int visible(String queue) {
        return attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    private int hidden(String queue) {
        return attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    private int attribute(String queue, QueueAttributeName name) {
        return Integer.parseInt(clients.sqs()
                .getQueueAttributes(b -> b.queueUrl(clients.urlOf(queue)).attributeNames(name))
                .attributes()
                .get(name));
    }
}
