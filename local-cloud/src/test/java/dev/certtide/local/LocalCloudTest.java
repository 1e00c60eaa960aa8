package dev.certtide.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.local.lambda.FunctionException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** A stack from its template to its handlers, through the clients that a user has. */
class LocalCloudTest {
    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private LocalCloud cloud;
    private Clients clients;

    @BeforeEach
    void start() throws IOException {
        cloud = LocalCloud.of(SampleAssembly.write(folder))
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
    void aPublishedMessageReachesTheFunctionWithItsAttributes() {
        clients.sns().publish(b -> b.topicArn(cloud.outputs().get("TopicArn"))
                .message("hello")
                .messageAttributes(Map.of(
                        "kind",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("greeting")
                                .build())));
        await().atMost(Duration.ofSeconds(10)).until(() -> log.contains("worker done hello kind=greeting"));
    }

    @Test
    void outputsAreResolved() {
        assertEquals(
                "arn:aws:sns:us-east-1:000000000000:events", cloud.outputs().get("TopicArn"));
        assertEquals("table/Results", cloud.outputs().get("Table"));
        assertEquals(
                "http://localhost:%d/000000000000/work"
                        .formatted(cloud.endpoint().getPort()),
                cloud.outputs().get("WorkUrl"));
        assertEquals(cloud.outputs().get("WorkUrl"), clients.urlOf("work"));
    }

    @Test
    void aFunctionIsInvokedWithItsEnvironment() {
        var answer = cloud.invoke("ticker", """
                {"detail-type": "Scheduled Event", "time": "2026-01-01T00:00:00Z"}""".getBytes(UTF_8));
        assertEquals("\"Scheduled Event\"", new String(answer, UTF_8));
        assertTrue(log.getFirst().contains("table Results"), log.getFirst());
    }

    @Test
    void aFunctionThatRunsOutOfTimeFailsAndIsInterrupted() {
        var failure = assertThrows(FunctionException.class, () -> cloud.invoke("endless", "{}".getBytes(UTF_8)));
        assertTrue(failure.getMessage().contains("timed out after 1.00 seconds"), failure.getMessage());
        await().until(() -> log.contains("endless interrupted"));
    }

    @Test
    void nothingIsLeftAfterwards() {
        var child = cloud.tableProcess();
        assertTrue(child.isAlive());
        cloud.close();
        assertFalse(child.isAlive());
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("sqs-")));
    }
}
