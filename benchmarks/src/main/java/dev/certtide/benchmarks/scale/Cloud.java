package dev.certtide.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import dev.certtide.benchmarks.LocalClients;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.schedule.Slot;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The whole stack on this machine, with a clock that is turned by hand. */
final class Cloud implements AutoCloseable {
    private static final int ITEMS_PER_WRITE = 25;
    private static final int WRITES_AT_ONCE = 4;

    private final AtomicReference<Instant> now;
    private final LocalCloud cloud;
    private final ProcessHandle tableEngine;
    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;
    private final String recheckQueue;

    Cloud(Map<String, String> environment, Instant start) {
        now = new AtomicReference<>(start);
        var before = ProcessHandle.current().children().toList();
        cloud = LocalCloud.of(Path.of(System.getProperty("certtide.home"), "infra-cdk", "target", "cdk.out-local"))
                .port(0)
                .clock(now::get)
                .environment(environment)
                .start();
        tableEngine = ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child))
                .findFirst()
                .orElseThrow();
        dynamoDb = LocalClients.client(DynamoDbClient.builder(), cloud.endpoint());
        sqs = LocalClients.client(SqsClient.builder(), cloud.endpoint());
        recheckQueue = sqs.getQueueUrl(request -> request.queueName("certtide-local-recheck"))
                .queueUrl();
    }

    /** Puts the targets with these numbers on the schedule. */
    void schedule(Fleet fleet, int from, int to) throws InterruptedException {
        var free = new Semaphore(WRITES_AT_ONCE);
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var numbers : IntStream.range(from, to)
                    .boxed()
                    .gather(Gatherers.windowFixed(ITEMS_PER_WRITE))
                    .toList()) {
                free.acquire();
                writers.execute(() -> {
                    try {
                        write(numbers.stream().map(fleet::item).toList());
                    } finally {
                        free.release();
                    }
                });
            }
        }
    }

    private void write(List<Map<String, AttributeValue>> items) {
        var table = cloud.outputs().get("ConfigTable");
        var puts = items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item).build())
                        .build())
                .toList();
        dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(table, puts)));
    }

    /** How many items a partition of the schedule's index has; reads all of them. */
    int read(Slot slot) {
        return (int) dynamoDb
                .queryPaginator(request -> request.tableName(cloud.outputs().get("ConfigTable"))
                        .indexName("due")
                        .keyConditionExpression("due = :slot")
                        .expressionAttributeValues(Map.of(":slot", AttributeValue.fromS(slot.key()))))
                .items()
                .stream()
                .count();
    }

    Instant now() {
        return now.get();
    }

    /** Turns the clock to a minute, through all minutes before it, and runs what is due. */
    void turnTo(Instant minute) {
        while (now.get().isBefore(minute)) {
            now.set(now.get().plus(1, ChronoUnit.MINUTES));
            cloud.runDueRules();
        }
    }

    /** Re-check messages that wait or are being worked on. */
    int messages() {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(recheckQueue)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** How many targets of a slot are written down to have come to the same in the round of that minute. */
    int unchanged(Slot slot, Instant minute) {
        var round = "RUN#" + minute.toString().substring(0, "2026-11-21T16:43".length());
        return dynamoDb
                .queryPaginator(request -> request.tableName(cloud.outputs().get("ResultsTable"))
                        .keyConditionExpression("pk = :slot AND begins_with(sk, :round)")
                        .expressionAttributeValues(Map.of(
                                ":slot",
                                AttributeValue.fromS("SLOT#" + slot.key()),
                                ":round",
                                AttributeValue.fromS(round))))
                .items()
                .stream()
                .mapToInt(run -> Integer.parseInt(run.get("unchanged").n()))
                .sum();
    }

    /** What has been used until now. */
    Used used() {
        return new Used(
                System.nanoTime(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
                tableEngine
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .orElseThrow(() -> new IllegalStateException("the table engine has ended")));
    }

    /** The process of the table engine. */
    ProcessHandle tableEngine() {
        return tableEngine;
    }

    @Override
    public void close() {
        sqs.close();
        dynamoDb.close();
        cloud.close();
    }
}
