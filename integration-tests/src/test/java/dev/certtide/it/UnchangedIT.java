package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.it.engine.Clients;
import dev.certtide.it.engine.Engine;
import dev.certtide.it.stack.CommandLine;
import dev.certtide.it.stack.Queues;
import dev.certtide.local.LocalCloud;
import dev.certtide.local.meter.Charge;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What checks cost that come to the same as those before, as the cloud's meter counts it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnchangedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RESULTS = "certtide-local-Results";
    private static final String CONFIG = "certtide-local-Config";

    private final TlsFarm farm = TlsFarm.start();
    private TlsServer server;
    private LocalCloud cloud;
    private Clients clients;
    private Queues queues;
    private Path hosts;
    private Slot slot;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = farm.serve("unchanged.test", farm.issue("*.unchanged.test", Duration.ofDays(60)));
        hosts = Files.writeString(folder.resolve(Engine.HOSTS_FILE), "");
        farm.writeRootPem(folder.resolve(Engine.ROOTS_FILE));
        var variables = new HashMap<>(Engine.variables(folder.toString(), "127.0.0.0/8"));
        // A machine that does much else may need long for sixty handshakes, and whoever times out has changed.
        variables.put("CERTTIDE_CHECK_TIMEOUT", "20");
        cloud = LocalCloud.of(Engine.assembly())
                .port(0)
                .environment(variables)
                .metered(true)
                .start();
        clients = Clients.of(cloud.endpoint(), cloud.region());
        queues = new Queues(clients.sqs());
    }

    @AfterAll
    void stop() {
        clients.close();
        cloud.close();
        farm.close();
    }

    @Test
    void aHealthyUnchangedCheckWritesNothingForItsTarget() throws IOException {
        var targets = targetsOfOneSlot(60);
        watch(targets.subList(0, 20));
        var written20 = writesOfAnUnchangedRound(20, 10);
        watch(targets.subList(20, 60));
        var written60 = writesOfAnUnchangedRound(60, 12);

        assertEquals(Map.of(RESULTS, 1.0), written20, "one item for all targets of the message");
        assertEquals(written20, written60);
    }

    @Test
    void theStatusSaysWhenATargetWasReallyCheckedLast() throws Exception {
        var target = Target.parse("status.unchanged.test:" + server.port());
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var written = new CheckResult(
                target, now.minus(30, ChronoUnit.HOURS), new Verdict(Status.WARNING, List.of()), List.of());
        publish(EventType.SSL_CHECKED, CheckResult.class, written);
        await().atMost(PATIENCE).until(() -> hasLatest(target));
        assertTrue(status(target).contains("\"lastCheckedAt\":\"" + written.checkedAt() + "\""));

        var slot = Slot.of(target, Cadence.of(written));
        var minute = Stream.iterate(now.truncatedTo(ChronoUnit.MINUTES), time -> time.minusSeconds(60))
                .filter(time -> Slot.dueAt(time, slot.cadence()).contains(slot))
                .findFirst()
                .orElseThrow();
        var from = now.minusSeconds(1);
        publish(
                EventType.SSL_UNCHANGED,
                SslUnchanged.class,
                new SslUnchanged(slot.key(), minute, from, now, target, target, 1, List.of()));
        await().atMost(PATIENCE).until(() -> !runs(slot).isEmpty());
        assertTrue(
                status(target).contains("\"lastCheckedAt\":\"" + written.checkedAt() + "\""),
                "of what is not on the schedule, paused maybe, runs do not tell");

        clients.dynamoDb().putItem(request -> request.tableName(CONFIG)
                .item(Map.of(
                        "pk",
                        text("TARGET#" + target.id()),
                        "sk",
                        text("TARGET"),
                        "target",
                        text(target.id()),
                        "scheduledAt",
                        text(written.checkedAt().toString()))));
        var json = status(target);
        assertTrue(json.contains("\"lastCheckedAt\":\"" + from + "\""), json);
        assertTrue(json.contains("\"checkedAt\":\"" + written.checkedAt() + "\""), json);
    }

    private <T> void publish(EventType type, Class<T> data, T event) {
        var events = List.of(CloudEvent.of(type, "1", "tests", "tests", Instant.now(), Optional.empty(), event));
        clients.sns().publish(request -> request.topicArn(cloud.outputs().get("SslResultTopicArn"))
                .message(CloudEvent.writeBatch(data, events)));
    }

    private String status(Target target) throws IOException, InterruptedException {
        return CommandLine.output(
                hosts.getParent(),
                "status",
                target.hostAndPort(),
                "--json",
                "--endpoint-url",
                cloud.endpoint().toString());
    }

    /** Adds watches, and waits until what they watch has been checked. */
    private void watch(List<Target> targets) throws IOException {
        Files.writeString(
                hosts,
                targets.stream()
                        .map(target -> "127.0.0.1 " + target.host() + "\n")
                        .collect(Collectors.joining()),
                StandardOpenOption.APPEND);
        slot = Slot.of(targets.getFirst(), Cadence.DAILY);
        var before = cloud.usage();
        clients.sns().publish(request -> request.topicArn(cloud.outputs().get("NewUrlTopicArn"))
                .message(targets.stream()
                        .map(target -> "{\"url\": \"" + target.id() + "\"}")
                        .collect(Collectors.joining(",", "[", "]"))));
        await().atMost(PATIENCE).until(() -> targets.stream().allMatch(this::hasLatest));
        queues.awaitIdle(PATIENCE);
        var first = cloud.usage().since(before);
        // The latest result, of 2 KB; the watch, the target, and what its check came to.
        assertEquals(2.0 * targets.size(), first.of(Charge.WRITE_UNITS, RESULTS), first::toString);
        double config = first.of(Charge.WRITE_UNITS, CONFIG) / targets.size();
        assertTrue(config >= 3 && config <= 4, "more than 3: checked before it was scheduled; " + first);
    }

    /** Write units of a round in which all targets come to what they came to before, be it in their first check. */
    private Map<String, Double> writesOfAnUnchangedRound(int count, int day) {
        int accepted = server.accepted();
        var settled = cloud.usage();
        recheck(day);
        await().atMost(PATIENCE).until(() -> hasRun(count, day));
        queues.awaitIdle(PATIENCE);

        assertEquals(accepted + count, server.accepted(), "each was visited");
        var used = cloud.usage().since(settled);
        assertEquals(1, used.total(Charge.SNS_REQUESTS), "one event");
        var writes = new TreeMap<>(used.amounts().getOrDefault(Charge.WRITE_UNITS, Map.of()));
        // The rule writes how far it is, whatever is due.
        writes.keySet().removeIf(table -> table.endsWith("-Dedup"));
        return writes;
    }

    private boolean hasRun(int count, int day) {
        var round = "RUN#" + minute(day).toString().substring(0, 16);
        return runs(slot).stream()
                .anyMatch(run -> run.get("sk").s().startsWith(round)
                        && run.get("unchanged").n().equals(Integer.toString(count)));
    }

    private boolean hasLatest(Target target) {
        return clients.dynamoDb()
                .getItem(request -> request.tableName(RESULTS)
                        .key(Map.of("pk", text("TARGET#" + target.id()), "sk", text("LATEST"))))
                .hasItem();
    }

    private List<Map<String, AttributeValue>> runs(Slot slot) {
        return clients.dynamoDb()
                .query(request -> request.tableName(RESULTS)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", text("SLOT#" + slot.key()))))
                .items();
    }

    /** Names of one server whose minute is not near. */
    private List<Target> targetsOfOneSlot(int count) {
        var far = Instant.now().plus(12, ChronoUnit.HOURS);
        var slot = Slot.dueAt(far, Cadence.DAILY).getFirst();
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Target.parse("n%d.unchanged.test:%d".formatted(i, server.port())))
                .filter(target -> Slot.of(target, Cadence.DAILY).equals(slot))
                .limit(count)
                .toList();
    }

    private Instant minute(int days) {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(days, ChronoUnit.DAYS)
                .plus(slot.minute(), ChronoUnit.MINUTES);
    }

    /** Days ahead, so that the stack's own rule has no part in it. */
    private void recheck(int days) {
        clients.recheck(minute(days));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
