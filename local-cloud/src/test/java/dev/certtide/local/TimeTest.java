package dev.certtide.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Days in seconds: a clock that is turned by hand. */
class TimeTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<String> log = new CopyOnWriteArrayList<>();

    private LocalCloud.Builder sample() throws IOException {
        return LocalCloud.of(SampleAssembly.write(folder))
                .port(0)
                .clock(now::get)
                .functionLog(log::add);
    }

    private void turn(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
    }

    @Test
    void rulesFireByTheClockAndOnlyByTheClock() throws IOException {
        try (var cloud = sample().environment(Map.of("EXTRA", "yes")).start()) {
            assertEquals(0, cloud.runDueRules());
            turn(Duration.ofSeconds(59));
            assertEquals(0, cloud.runDueRules());
            turn(Duration.ofSeconds(1));
            assertEquals(1, cloud.runDueRules());
            assertEquals(0, cloud.runDueRules());
            assertEquals(
                    "ticker tick 2026-03-01T00:01:00.000Z clock 2026-03-01T00:01:00Z table Results extra yes",
                    log.getFirst());
            turn(Duration.ofMinutes(3));
            assertEquals(3, cloud.runDueRules());
            assertTrue(log.getLast().startsWith("ticker tick 2026-03-01T00:04:00.000Z"), log.getLast());
        }
    }

    @Test
    void afterALeapARuleFiresOnceIfThatIsWanted() throws IOException {
        try (var cloud = sample().environment(Map.of("EXTRA", "yes")).start()) {
            turn(Duration.ofHours(4));
            assertEquals(1, cloud.runLatestDueRules());
            assertTrue(log.getLast().startsWith("ticker tick 2026-03-01T04:00:00.000Z"), log.getLast());
            assertEquals(0, cloud.runDueRules());
        }
    }

    @Test
    void aRuleCanSendToAQueue() throws IOException {
        SampleAssembly.write(folder, resources -> {
            var targets = ((ObjectNode) resources.at("/EveryMinute/Properties")).putArray("Targets");
            targets.addObject()
                    .put("Id", "q")
                    .putObject("Arn")
                    .putArray("Fn::GetAtt")
                    .add("Undelivered")
                    .add("Arn");
        });
        try (var cloud = LocalCloud.of(folder).port(0).clock(now::get).start();
                var clients = Clients.of(cloud.endpoint())) {
            turn(Duration.ofMinutes(1));
            cloud.runDueRules();
            var event =
                    clients.drain(clients.urlOf("work-undelivered")).getFirst().body();
            assertTrue(event.contains("\"detail-type\":\"Scheduled Event\""), event);
            assertTrue(
                    event.contains("\"resources\":[\"arn:aws:events:us-east-1:000000000000:rule/every-minute\"]"),
                    event);
        }
    }

    @Test
    void anEventThatItsFunctionFailsToTakeGoesToTheDeadLetterQueueOfTheTarget() throws IOException {
        SampleAssembly.write(folder, resources -> {
            var target = ((ObjectNode) resources.at("/EveryMinute/Properties"))
                    .putArray("Targets")
                    .addObject();
            target.put("Id", "f").put("Input", "{\"Records\":[{\"messageId\":\"1\",\"body\":\"boom\"}]}");
            target.putObject("Arn").putArray("Fn::GetAtt").add("Worker").add("Arn");
            target.putObject("DeadLetterConfig")
                    .putObject("Arn")
                    .putArray("Fn::GetAtt")
                    .add("Undelivered")
                    .add("Arn");
        });
        try (var cloud = LocalCloud.of(folder)
                        .port(0)
                        .clock(now::get)
                        .functionLog(log::add)
                        .start();
                var clients = Clients.of(cloud.endpoint())) {
            turn(Duration.ofMinutes(1));
            cloud.runDueRules();
            assertEquals(
                    3,
                    log.stream().filter(line -> line.startsWith("worker ERROR")).count());
            assertTrue(clients.drain(clients.urlOf("work-undelivered"))
                    .getFirst()
                    .body()
                    .contains("boom"));
        }
    }

    @Test
    void aScheduleThatEventBridgeRefusesIsRefusedAtTheStart() throws IOException {
        SampleAssembly.write(folder, resources -> ((ObjectNode) resources.at("/EveryMinute/Properties"))
                .put("ScheduleExpression", "cron(0 10 * * * *)"));
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> LocalCloud.of(folder).port(0).start().close());
        assertTrue(refused.getMessage().startsWith("rule every-minute: exactly one of"), refused.getMessage());
    }

    @Test
    void itemsDisappearSomeTimeAfterTheyExpire() throws IOException {
        try (var cloud = sample().start();
                var clients = Clients.of(cloud.endpoint())) {
            var description = clients.dynamoDb()
                    .describeTimeToLive(b -> b.tableName("Results"))
                    .timeToLiveDescription();
            assertEquals(TimeToLiveStatus.ENABLED, description.timeToLiveStatus());
            assertEquals("expiresAt", description.attributeName());
            put(clients, "expires", START.plus(Duration.ofHours(1)));
            put(clients, "stays", START.plus(Duration.ofDays(1)));
            turn(Duration.ofMinutes(30));
            cloud.runDueRules();
            assertTrue(exists(clients, "expires"));
            turn(Duration.ofHours(1));
            cloud.runDueRules();
            assertFalse(exists(clients, "expires"));
            assertTrue(exists(clients, "stays"));
        }
    }

    @Test
    void expiredItemsOfALargeTableDisappearBitByBit() throws IOException {
        try (var cloud = sample().start();
                var clients = Clients.of(cloud.endpoint())) {
            IntStream.range(0, 10_500)
                    .mapToObj(i -> item("item-" + i, START.plus(Duration.ofDays(i % 20 == 0 ? 1 : 9))))
                    .gather(Gatherers.windowFixed(25))
                    .forEach(some -> putAll(clients, some));
            turn(Duration.ofDays(2));
            cloud.runDueRules();
            int left = expired(clients);
            assertTrue(left > 0 && left < 100, left + " of 525 after the first sweep");
            turn(Duration.ofMinutes(5));
            cloud.runDueRules();
            assertEquals(0, expired(clients));
        }
    }

    private static void putAll(Clients clients, List<Map<String, AttributeValue>> items) {
        var puts = items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item).build())
                        .build())
                .toList();
        clients.dynamoDb().batchWriteItem(b -> b.requestItems(Map.of("Results", puts)));
    }

    /** Those of {@link #expiredItemsOfALargeTableDisappearBitByBit} that are still there. */
    private static int expired(Clients clients) {
        return (int) IntStream.iterate(0, i -> i < 10_500, i -> i + 20)
                .filter(i -> exists(clients, "item-" + i))
                .count();
    }

    private static void put(Clients clients, String key, Instant expiry) {
        clients.dynamoDb().putItem(b -> b.tableName("Results").item(item(key, expiry)));
    }

    private static Map<String, AttributeValue> item(String key, Instant expiry) {
        return Map.of(
                "pk",
                AttributeValue.fromS(key),
                "sk",
                AttributeValue.fromS("-"),
                "expiresAt",
                AttributeValue.fromN(Long.toString(expiry.getEpochSecond())));
    }

    private static boolean exists(Clients clients, String key) {
        return clients.dynamoDb()
                .getItem(b -> b.tableName("Results")
                        .key(Map.of("pk", AttributeValue.fromS(key), "sk", AttributeValue.fromS("-"))))
                .hasItem();
    }
}
