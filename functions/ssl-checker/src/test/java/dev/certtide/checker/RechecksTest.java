package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.history.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The function as it is deployed, with messages of the schedule. */
@ExtendWith(Engines.class)
class RechecksTest {
    private static final String SLOT = "daily#1003.2";
    private static final Instant MINUTE = Instant.parse("2026-11-21T16:43:00Z");
    private static final Duration PLENTY = Duration.ofSeconds(60);

    private final TakingTopic topic = new TakingTopic();
    private final TlsFarm farm = TlsFarm.start();
    private final Map<String, String> variables = new HashMap<>();
    private HttpServer sns;
    private LocalSqs sqs;
    private String name;
    private String recheck;
    private String deadLetters;

    @TempDir
    private Path folder;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) throws IOException {
        this.sqs = sqs;
        sns = topic.listen();
        recheck = sqs.newQueue();
        // The stack names a queue's dead letters after it.
        name = "recheck-" + UUID.randomUUID();
        deadLetters = sqs.client()
                .createQueue(request -> request.queueName(name + "-dlq"))
                .queueUrl();
        variables.putAll(Variables.of(
                dynamoDb,
                sqs,
                Map.of(
                        "CONFIG_TABLE",
                        dynamoDb.newTable(),
                        "DEDUP_TABLE",
                        dynamoDb.newTable(),
                        "AWS_ENDPOINT_URL_SNS",
                        TakingTopic.endpoint(sns).toString(),
                        "SSL_RESULT_TOPIC_ARN",
                        "arn:aws:sns:us-east-1:000000000000:certtide-local-ssl_result",
                        "RECHECK_QUEUE_URL",
                        recheck,
                        "DEAD_LETTER_QUEUE_URL",
                        deadLetters,
                        "RECHECK_DEAD_LETTER_QUEUE_URL",
                        deadLetters)));
        variables.putAll(Map.of(
                "CERTTIDE_ALLOWED_NETWORKS",
                "127.0.0.0/8",
                "CERTTIDE_ALLOWED_PORTS",
                "1-65535",
                "CERTTIDE_CA_FILE",
                farm.writeRootPem(folder.resolve("root.pem")).toString(),
                "CERTTIDE_HOSTS_FILE",
                folder.resolve("hosts").toString()));
        Files.writeString(
                folder.resolve("hosts"),
                IntStream.range(0, 20)
                        .mapToObj(i -> "127.0.0.1 %c.many.test%n".formatted('a' + i))
                        .collect(Collectors.joining()));
    }

    @AfterEach
    void stop() {
        sns.stop(0);
        farm.close();
    }

    @Test
    void whatComesToTheSameIsToldInOneEventForAll() {
        var targets = goodTargets(3);
        assertEquals(List.of(), check(message(targets), PLENTY));
        var first = results();
        assertEquals(
                targets.stream().map(Due::target).toList(),
                first.stream().map(CheckResult::target).toList());

        topic.requests().clear();
        var known =
                first.stream().map(result -> due(result, Outcome.of(result))).toList();
        assertEquals(List.of(), check(message(known), PLENTY));

        assertEquals(List.of(), results());
        var told = topic.messages().getFirst();
        assertEquals(Map.of("attention", "no", "schema", "dev.certtide.ssl.unchanged.v1"), told.attributes());
        var event = CloudEvent.readBatch(SslUnchanged.class, told.body()).getFirst();
        var unchanged = event.data();
        assertEquals(
                new SslUnchanged(
                        SLOT,
                        MINUTE,
                        unchanged.from(),
                        unchanged.to(),
                        targets.getFirst().target(),
                        targets.getLast().target(),
                        3,
                        List.of()),
                unchanged);
        assertTrue(first.getLast().checkedAt().isBefore(unchanged.from()));
        assertEquals(
                SLOT + "/2026-11-21T16:43:00Z/" + targets.getFirst().target() + "/" + unchanged.from(), event.id());
        assertEquals(1, topic.messages().size());
    }

    @Test
    void newsAreToldOneByOneInTheSameRequestAndExceptedFromTheRest() {
        var targets = goodTargets(4);
        check(message(targets), PLENTY);
        var first = results();
        topic.requests().clear();

        var other = new Outcome(Status.OK, "of another chain", first.get(1).checkedAt());
        check(
                message(List.of(
                        due(first.get(0), Outcome.of(first.get(0))),
                        due(first.get(1), other),
                        targets.get(2),
                        due(first.get(3), Outcome.of(first.get(3))))),
                PLENTY);

        assertEquals(
                List.of(targets.get(1).target(), targets.get(2).target()),
                results().stream().map(CheckResult::target).toList());
        assertEquals(2, unchanged().unchanged());
        assertEquals(
                List.of(targets.get(1).target(), targets.get(2).target()),
                unchanged().except());
        assertEquals(1, topic.requests().size());
    }

    @Test
    void whatThereIsNoTimeForComesBackInAMessageOfItsOwnAndNothingIsCheckedTwice() {
        variables.putAll(Map.of("CERTTIDE_CHECK_TIMEOUT", "4", "CERTTIDE_MOST_PER_NETWORK", "1"));
        try (var servers = SlowServers.start(1, Duration.ofMillis(700))) {
            var targets = names(servers.ports().getFirst(), 5);
            // For publishing 3 s are kept, and a check may take 4: whatever has not begun after a second, is not.
            assertEquals(List.of(), check(message(targets), Duration.ofSeconds(8)));
            var checked = results().stream().map(CheckResult::target).toList();
            assertEquals(1, checked.size());
            int perCheck = servers.accepted();

            var rest = sqs.drain(recheck);
            assertEquals(1, rest.size());
            var event = CloudEvent.read(RecheckDue.class, rest.getFirst().body());
            assertEquals(Optional.of(MINUTE), event.time());
            assertEquals(SLOT, event.data().slot());
            assertEquals(
                    targets.stream()
                            .filter(due -> !due.target().equals(checked.getFirst()))
                            .toList(),
                    event.data().targets());

            assertEquals(List.of(), check(rest.getFirst().body(), PLENTY));
            assertEquals(
                    targets.stream().map(Due::target).collect(Collectors.toSet()),
                    results().stream().map(CheckResult::target).collect(Collectors.toSet()));
            assertEquals(5, results().size());
            assertEquals(5 * perCheck, servers.accepted());
            assertEquals(List.of(), sqs.drain(recheck));
        }
    }

    @Test
    void whatLiesBetweenTheUnfinishedIsNotToldOfAgain() {
        var targets = goodTargets(4);
        check(message(targets), PLENTY);
        var known = results().stream()
                .map(result -> due(result, Outcome.of(result)))
                .toList();
        topic.requests().clear();

        var between = List.of(known.get(1).target(), known.get(2).target());
        check(event(new RecheckDue(SLOT, List.of(known.get(0), known.get(3)), between)), PLENTY);

        assertEquals(between, unchanged().except());
        assertEquals(2, unchanged().unchanged());
    }

    @Test
    void whenThereIsNoTimeForAnyTheMessageComesBackAsItIs() {
        variables.put("CERTTIDE_CHECK_TIMEOUT", "4");
        try (var servers = SlowServers.start(1, Duration.ofMillis(100))) {
            assertEquals(List.of("m-0"), check(message(names(servers.ports().getFirst(), 3)), Duration.ofSeconds(6)));
            assertEquals(0, servers.accepted());
            assertEquals(List.of(), topic.messages());
            assertEquals(List.of(), sqs.drain(recheck));
        }
    }

    @Test
    void whatCannotBeSentBackComesBackWithTheWholeMessage() {
        variables.putAll(Map.of(
                "CERTTIDE_CHECK_TIMEOUT", "4", "CERTTIDE_MOST_PER_NETWORK", "1", "RECHECK_QUEUE_URL", recheck + "x"));
        try (var servers = SlowServers.start(1, Duration.ofMillis(700))) {
            assertEquals(List.of("m-0"), check(message(names(servers.ports().getFirst(), 3)), Duration.ofSeconds(8)));
        }
    }

    @Test
    void anEventOfAVersionToComeIsKeptWithItsReason() {
        var body = message(goodTargets(1))
                .replace("recheck.due.v1", "recheck.due.v2")
                .replace("\"slot\"", "\"slots\"");
        assertEquals(List.of(), check(body, PLENTY));

        var kept = sqs.drain(deadLetters).getFirst();
        assertEquals(body, kept.body());
        assertEquals("type", kept.messageAttributes().get("field").stringValue());
        assertEquals(
                "type: is not known here; expected dev.certtide.recheck.due.v1",
                kept.messageAttributes().get("reason").stringValue());
        assertEquals(List.of(), topic.messages());
    }

    private List<String> check(String body, Duration time) {
        var handler = new SslCheckerHandler(variables, InstantSource.system());
        var event = Invocation.messages(body);
        event.getRecords().getFirst().setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + name);
        return handler.handleRequest(event, new Invocation("ssl-checker", time)).getBatchItemFailures().stream()
                .map(failure -> failure.getItemIdentifier())
                .toList();
    }

    /** What was told one by one, in the order of targets. */
    private List<CheckResult> results() {
        return events("dev.certtide.ssl.checked.v1")
                .flatMap(body -> CloudEvent.readBatch(CheckResult.class, body).stream())
                .map(CloudEvent::data)
                .sorted(java.util.Comparator.comparing(result -> result.target().id()))
                .toList();
    }

    private SslUnchanged unchanged() {
        return events("dev.certtide.ssl.unchanged.v1")
                .map(body -> CloudEvent.readBatch(SslUnchanged.class, body)
                        .getFirst()
                        .data())
                .findFirst()
                .orElseThrow();
    }

    private Stream<String> events(String schema) {
        return topic.messages().stream()
                .filter(message -> message.attributes().get("schema").equals(schema))
                .map(TakingTopic.Message::body);
    }

    private List<Due> goodTargets(int count) {
        TlsServer server = farm.serve("good.many.test", farm.issue("*.many.test", Duration.ofDays(60)));
        return names(server.port(), count);
    }

    private static List<Due> names(int port, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Due(Target.parse("%c.many.test:%d".formatted('a' + i, port)), false))
                .toList();
    }

    private static Due due(CheckResult result, Outcome last) {
        return new Due(result.target(), false, Optional.empty(), Optional.of(last));
    }

    private static String message(List<Due> targets) {
        return event(new RecheckDue(SLOT, targets));
    }

    private static String event(RecheckDue due) {
        return CloudEvent.of(EventType.RECHECK_DUE, SLOT + "/1", "recheck", SLOT, MINUTE, Optional.empty(), due)
                .write();
    }
}
