package dev.certtide.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** A cloud in a JVM of its own, which is killed as {@code kill -9} does. */
class HardStopTest {
    @TempDir
    Path folder;

    /** Runs a cloud until it is killed: ASSEMBLY DATA. Prints its endpoint and the process of its tables. */
    static final class Victim {
        private Victim() {}

        @SuppressWarnings("resource") // It is the point that nobody closes it.
        public static void main(String... arguments) throws InterruptedException {
            var cloud = LocalCloud.of(Path.of(arguments[0]))
                    .port(0)
                    .data(Path.of(arguments[1]))
                    .start();
            System.out.println(cloud.endpoint() + " " + cloud.tableProcess().pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void whatWasAcknowledgedOutlivesTheProcessAndTheChildDoesNot() throws IOException, InterruptedException {
        // Nothing is consumed: the queue has what was published.
        var assembly = SampleAssembly.write(
                folder.resolve("assembly"),
                resources -> ((ObjectNode) resources.at("/WorkerMapping/Properties")).put("Enabled", false));
        var data = folder.resolve("data");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var victim = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        assembly.toString(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var started = victim.inputReader().readLine().split(" ");
        var child = ProcessHandle.of(Long.parseLong(started[1])).orElseThrow();
        var sent = new HashSet<String>();
        try (var clients = Clients.of(URI.create(started[0]))) {
            var topic = "arn:aws:sns:us-east-1:000000000000:events";
            clients.dynamoDb().putItem(b -> b.tableName("Results").item(item()));
            var mine =
                    clients.sns().createTopic(b -> b.name("made-by-a-client")).topicArn();
            clients.sns()
                    .subscribe(b ->
                            b.topicArn(mine).protocol("sqs").endpoint(clients.arnOf(clients.newQueue("of-a-client"))));
            for (int batch = 0; batch < 10; batch++) {
                int first = batch * 10;
                clients.sns().publishBatch(b -> b.topicArn(topic)
                        .publishBatchRequestEntries(IntStream.range(first, first + 10)
                                .mapToObj(i -> PublishBatchRequestEntry.builder()
                                        .id("e" + i)
                                        .message("m" + i)
                                        .build())
                                .toList()));
                for (int i = first; i < first + 10; i++) sent.add("m" + i);
            }
            // What somebody was working on comes back at once, too, and not only after the queue's visibility timeout.
            clients.sqs().receiveMessage(b -> b.queueUrl(clients.urlOf("work"))
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(600));
            victim.destroyForcibly().waitFor();
        }
        // At once, while the child of the one that was killed may still be about.
        try (var cloud = LocalCloud.of(assembly).port(0).data(data).start();
                var clients = Clients.of(cloud.endpoint())) {
            Set<String> received = new HashSet<>();
            clients.drain(clients.urlOf("work")).forEach(message -> received.add(message.body()));
            assertEquals(sent, received);
            assertTrue(clients.dynamoDb()
                    .getItem(b -> b.tableName("Results").key(item()))
                    .hasItem());
            clients.sns().publish(b -> b.topicArn("arn:aws:sns:us-east-1:000000000000:made-by-a-client")
                    .message("still there"));
            assertEquals(1, clients.drain(clients.urlOf("of-a-client")).size());
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
    }

    private static Map<String, AttributeValue> item() {
        return Map.of("pk", AttributeValue.fromS("kept"), "sk", AttributeValue.fromS("-"));
    }
}
