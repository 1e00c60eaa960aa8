package dev.certtide.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** What is counted of topics, queues and functions, by AWS's price lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeterTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private LocalCloud cloud;
    private Clients clients;
    private Usage before;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        cloud = LocalCloud.of(SampleAssembly.write(folder))
                .port(0)
                .functionLog(log::add)
                .metered(true)
                .start();
        clients = Clients.of(cloud.endpoint());
    }

    @AfterAll
    void stop() {
        clients.close();
        cloud.close();
    }

    @BeforeEach
    void snapshot() {
        before = cloud.usage();
    }

    @Test
    void sixtyFourKilobytesAreARequest() {
        var topic = clients.sns().createTopic(b -> b.name("counted")).topicArn();
        var queue = clients.newQueue("counted");
        snapshot();

        clients.sns().publish(b -> b.topicArn(topic).message("short"));
        clients.sns().publish(b -> b.topicArn(topic).message("x".repeat(64 * 1024 + 1)));
        clients.sqs().sendMessageBatch(b -> b.queueUrl(queue)
                .entries(entry("1", "x".repeat(40_000)), entry("2", "x".repeat(40_000))));
        clients.sqs().receiveMessage(b -> b.queueUrl(queue).maxNumberOfMessages(10));
        clients.sqs().receiveMessage(b -> b.queueUrl(queue));

        var used = cloud.usage().since(before);
        assertEquals(3, used.of(Charge.SNS_REQUESTS, "counted"));
        assertEquals(2 + 2 + 1, used.of(Charge.SQS_REQUESTS, "counted"));
        assertEquals(1, used.of(Charge.SQS_EMPTY_RECEIVES, "counted"));
    }

    /** In Base64 these bytes would be more than 64 KB. */
    @Test
    void aBinaryAttributeCountsItsBytes() {
        var queue = clients.newQueue("binary");
        snapshot();

        clients.sqs().sendMessage(b -> b.queueUrl(queue)
                .messageBody("x")
                .messageAttributes(Map.of(
                        "bytes",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromByteArray(new byte[60_000]))
                                .build())));
        assertEquals(1, cloud.usage().since(before).of(Charge.SQS_REQUESTS, "binary"));
        clients.sqs().receiveMessage(b -> b.queueUrl(queue).messageAttributeNames("All"));

        assertEquals(2, cloud.usage().since(before).of(Charge.SQS_REQUESTS, "binary"));
    }

    @Test
    void aReceiveThatIsRefusedIsNotAnEmptyOne() {
        var noSuchQueue = clients.newQueue("gone") + "-for-good";
        snapshot();

        assertThrows(
                QueueDoesNotExistException.class, () -> clients.sqs().receiveMessage(b -> b.queueUrl(noSuchQueue)));

        assertEquals(0, cloud.usage().since(before).of(Charge.SQS_EMPTY_RECEIVES, "gone-for-good"));
    }

    @Test
    void aMappingAndItsFunctionAreCounted() {
        var queue = clients.urlOf("work");
        clients.sqs().sendMessage(b -> b.queueUrl(queue).messageBody("counted-one"));
        await().until(() -> cloud.usage().since(before).total(Charge.LAMBDA_REQUESTS) == 1);

        await().untilAsserted(() -> {
            var used = cloud.usage().since(before);
            // Two of ours, for the queue's URL and the message; two of the mapping's, which brings it and deletes it.
            assertEquals(4, used.of(Charge.SQS_REQUESTS, "work") - used.of(Charge.SQS_EMPTY_RECEIVES, "work"));
        });
        var used = cloud.usage().since(before);
        assertTrue(used.of(Charge.LAMBDA_GB_SECONDS, "worker") > 0);
        int lines = log.stream()
                .filter(line -> line.startsWith("worker "))
                .mapToInt(line -> line.length() - "worker ".length() + 26)
                .sum();
        assertEquals(lines, cloud.usage().of(Charge.LOG_BYTES, "worker"));
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }
}
