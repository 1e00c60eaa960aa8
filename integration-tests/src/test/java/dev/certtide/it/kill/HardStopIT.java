package dev.certtide.it.kill;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.it.engine.Clients;
import dev.certtide.it.engine.Engine;
import dev.certtide.it.stack.Home;
import dev.certtide.it.stack.Queues;
import dev.certtide.it.stack.WebhookInbox;
import dev.certtide.it.stack.WebhookInbox.Call;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/**
 * {@code certtide up --data} is killed in the midst of its work and started again: nothing is lost, nobody is told twice.
 *
 * <p>{@code -Dcerttide.kill.runs=20} does it twenty times; {@code -Dcerttide.kill.seed=N} repeats the moments of a run.
 */
class HardStopIT {
    private static final int HOSTS = 60;
    /** The kill comes that much later, at most, than the notification that was waited for. */
    private static final int MOST_MILLIS = 300;
    /** A notification whose sender died waits for its claim to end, 40 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir
    static Path folder;

    private static TlsFarm farm;
    private static WebhookInbox webhooks;
    private static Map<String, TlsServer> servers;
    private static Map<String, String> settings;

    @BeforeAll
    static void openServers() throws IOException {
        farm = TlsFarm.start();
        webhooks = WebhookInbox.open();
        servers = Map.of("ok", wildcard(60), "warning", wildcard(10), "critical", wildcard(-5));
        farm.writeRootPem(folder.resolve(Engine.ROOTS_FILE));
        settings = new HashMap<>(Engine.variables(folder.toString(), "127.0.0.0/8"));
    }

    @AfterAll
    static void closeServers() {
        servers.values().forEach(TlsServer::close);
        webhooks.close();
        farm.close();
    }

    private static TlsServer wildcard(int daysLeft) {
        var validity = Validity.withLeft(Instant.now(), Duration.ofDays(90), Duration.ofDays(daysLeft));
        return TlsServer.start(farm.authority()
                .issue(new LeafRequest("*.kill.certtide.test", List.of("*.kill.certtide.test"), validity)));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNobodyIsToldTwice() {
        var wanted = Long.getLong("certtide.kill.seed", 0);
        var seed = wanted != 0 ? wanted : System.nanoTime();
        System.out.println("kill -9: the moments come from -Dcerttide.kill.seed=" + seed);
        var random = new Random(seed);
        return IntStream.rangeClosed(1, Integer.getInteger("certtide.kill.runs", 1))
                .mapToObj(run -> {
                    var moment = new Moment(random.nextInt(HOSTS * 2 / 3), random.nextInt(MOST_MILLIS));
                    return dynamicTest("run " + run + ", killed " + moment, () -> {
                        try (var home = Home.create(folder.resolve("home-" + run))) {
                            run(run, moment, home);
                        }
                    });
                });
    }

    /** When to kill: so many milliseconds after so many notifications have arrived. */
    private record Moment(int told, int millis) {
        @Override
        public String toString() {
            return millis + " ms after " + told + " were told";
        }
    }

    /** A host of a run; the name says which server shows its certificate. */
    private record Host(String name, String status, String owner) {
        String url() {
            return "https://" + name + ":" + servers.get(status).port();
        }
    }

    private static List<Host> hosts(int run) {
        var statuses = List.of("ok", "critical", "warning");
        return IntStream.range(0, HOSTS)
                .mapToObj(i -> new Host(
                        "r" + run + "-h" + i + ".kill.certtide.test", statuses.get(i % 3), "r" + run + "-o" + i))
                .toList();
    }

    private void run(int run, Moment moment, Home home) throws IOException, InterruptedException {
        var hosts = hosts(run);
        Files.writeString(
                folder.resolve(Engine.HOSTS_FILE),
                hosts.stream().map(host -> "127.0.0.1 " + host.name() + "\n").collect(Collectors.joining()));
        var data = folder.resolve("data-" + run);
        var orphans = new ArrayList<ProcessHandle>();

        var victim = Victim.start(home.folder(), data, settings);
        orphans.addAll(victim.children());
        try (var clients = Clients.of(victim.endpoint(), "us-east-1")) {
            storeWebhookKey(clients);
            publish(clients, hosts);
            await("notifications")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> told(hosts) >= moment.told());
            victim.killAfter(moment.millis());
        }
        long toldBefore = told(hosts);
        assertFalse(orphans.isEmpty(), "the tables have a process of their own");
        await("no child is left").atMost(Duration.ofSeconds(10)).until(() -> orphans.stream()
                .noneMatch(ProcessHandle::isAlive));

        var restarted = Instant.now();
        try (var second = Victim.start(home.folder(), data, settings);
                var clients = Clients.of(second.endpoint(), "us-east-1")) {
            orphans.addAll(second.children());
            var queues = new Queues(clients.sqs());
            await("all results")
                    .atMost(PATIENCE)
                    .until(() -> stored(clients).keySet().containsAll(urls(hosts)));
            queues.awaitIdle(PATIENCE);
            await("all customers").atMost(PATIENCE).until(() -> queues.messages("new-customers") == 0);

            assertEquals(hosts.stream().collect(Collectors.toMap(Host::url, Host::status)), stored(clients));
            hosts.forEach(HardStopIT::expectToldOnce);
            assertEquals(Map.of(), queues.deadLetters());
        }
        await("no child is left").atMost(Duration.ofSeconds(10)).until(() -> orphans.stream()
                .noneMatch(ProcessHandle::isAlive));
        var calls = hosts.stream().mapToLong(host -> calls(host).size()).sum();
        System.out.printf(
                "kill -9: run %d, killed %s, really %d of %d; the rest was done %d s after the restart, %d calls for %d notifications%n",
                run,
                moment,
                toldBefore,
                bad(hosts),
                Duration.between(restarted, Instant.now()).toSeconds(),
                calls,
                told(hosts));
    }

    private static void expectToldOnce(Host host) {
        var calls = calls(host);
        assertTrue(calls.stream().allMatch(Call::genuine));
        assertEquals(
                host.status().equals("ok") ? 0 : 1,
                calls.stream().map(Call::id).distinct().count(),
                () -> host + " was told " + calls);
    }

    private static List<Call> calls(Host host) {
        return webhooks.calls("/" + host.owner());
    }

    private static long told(List<Host> hosts) {
        return hosts.stream().filter(host -> !calls(host).isEmpty()).count();
    }

    private static long bad(List<Host> hosts) {
        return hosts.stream().filter(host -> !host.status().equals("ok")).count();
    }

    private static List<String> urls(List<Host> hosts) {
        return hosts.stream().map(Host::url).toList();
    }

    private static void storeWebhookKey(Clients clients) {
        clients.dynamoDb().putItem(request -> request.tableName("certtide-local-Config")
                .item(Map.of(
                        "pk", AttributeValue.fromS("SECRET##deployment"),
                        "sk", AttributeValue.fromS("WEBHOOK"),
                        "secret", AttributeValue.fromS(webhooks.key()))));
    }

    private static void publish(Clients clients, List<Host> hosts) {
        var topic = clients.sns().listTopics().topics().stream()
                .map(one -> one.topicArn())
                .filter(arn -> arn.endsWith("new_url"))
                .findFirst()
                .orElseThrow();
        hosts.stream().gather(Gatherers.windowFixed(10)).forEach(batch -> {
            var answer = clients.sns().publishBatch(request -> request.topicArn(topic)
                    .publishBatchRequestEntries(
                            batch.stream().map(HardStopIT::entry).toList()));
            assertEquals(batch.size(), answer.successful().size());
        });
    }

    private static PublishBatchRequestEntry entry(Host host) {
        var webhook = "http://127.0.0.1:" + webhooks.port() + "/" + host.owner();
        var message = Map.of(
                "url",
                host.url(),
                "owner",
                host.owner(),
                "channels",
                List.of(Map.of("type", "webhook", "url", webhook)));
        return PublishBatchRequestEntry.builder()
                .id(host.owner())
                .message(Json.write(Object.class, message))
                .build();
    }

    /** The status of each target that has a result. */
    private static Map<String, String> stored(Clients clients) {
        return clients
                .dynamoDb()
                .scanPaginator(request -> request.tableName("certtide-local-Results")
                        .filterExpression("sk = :latest")
                        .expressionAttributeValues(Map.of(":latest", AttributeValue.fromS("LATEST"))))
                .items()
                .stream()
                .collect(Collectors.toMap(item -> item.get("target").s(), item -> item.get("status")
                        .s()));
    }
}
