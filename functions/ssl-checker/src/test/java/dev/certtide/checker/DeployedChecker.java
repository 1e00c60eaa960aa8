package dev.certtide.checker;

import com.sun.net.httpserver.HttpServer;
import dev.certtide.farm.Issuer;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.CheckResult;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.Message;

/** The function as it is deployed, with both of its queues; servers are reached by names of {@code many.test}. */
final class DeployedChecker implements AutoCloseable {
    static final String SLOT = "daily#1003.2";
    static final Instant MINUTE = Instant.parse("2026-11-21T16:43:00Z");

    private static final int NAMES = 20;

    private final TakingTopic topic = new TakingTopic();
    private final TlsFarm farm = TlsFarm.start();
    private final Map<String, String> variables = new HashMap<>();
    private final Table config;
    private final HttpServer sns;
    private final LocalSqs sqs;
    private final String name;
    private final String newUrls;
    private final String recheck;
    private final String deadLetters;

    DeployedChecker(LocalDynamoDb dynamoDb, LocalSqs sqs, Path folder) throws IOException {
        this.sqs = sqs;
        sns = topic.listen();
        var configTable = dynamoDb.newTable();
        config = new Table(dynamoDb.client(), configTable);
        newUrls = sqs.newQueue();
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
                        configTable,
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
        variables.put("NEW_URL_QUEUE_URL", newUrls);
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
                IntStream.range(0, NAMES)
                        .mapToObj(i -> "127.0.0.1 %c.many.test%n".formatted('a' + i))
                        .collect(Collectors.joining()));
    }

    @Override
    public void close() {
        sns.stop(0);
        farm.close();
    }

    /** Changes how the function is deployed. */
    DeployedChecker with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** SQS knows nothing of the queues into which it would send. */
    DeployedChecker withoutItsQueues() {
        return with("RECHECK_QUEUE_URL", recheck + "x").with("NEW_URL_QUEUE_URL", newUrls + "x");
    }

    /** The table of the schedule and of what is kept for it. */
    Table config() {
        return config;
    }

    /** The private roots in its table. */
    KeptRoots roots() {
        return new KeptRoots(config);
    }

    TakingTopic topic() {
        return topic;
    }

    /** What it has sent into the queue of new URLs, which is not there any more. */
    List<Message> handedOn() {
        return sqs.drain(newUrls);
    }

    /** What is in the queue of re-checks, and is not any more. */
    List<Message> rechecks() {
        return sqs.drain(recheck);
    }

    /** The dead letters of both queues, which are not any more. */
    List<Message> deadLetters() {
        return sqs.drain(deadLetters);
    }

    /** Has a message of the queue {@code recheck} worked on; returns those that come back. */
    List<String> recheck(String body, Duration time) {
        return handle(body, name, time);
    }

    /** The same for one of {@code new_url}. */
    List<String> newUrl(String body, Duration time) {
        return handle(body, "ssl-checker", time);
    }

    private List<String> handle(String body, String queue, Duration time) {
        var handler = new SslCheckerHandler(variables, InstantSource.system());
        var event = Invocation.messages(body);
        event.getRecords().getFirst().setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + queue);
        return handler.handleRequest(event, new Invocation("ssl-checker", time)).getBatchItemFailures().stream()
                .map(failure -> failure.getItemIdentifier())
                .toList();
    }

    /** What was told one by one, in the order of targets. */
    List<CheckResult> results() {
        return events("dev.certtide.ssl.checked.v1")
                .flatMap(body -> CloudEvent.readBatch(CheckResult.class, body).stream())
                .map(CloudEvent::data)
                .sorted(Comparator.comparing(result -> result.target().id()))
                .toList();
    }

    /** What was told of all those of which there is nothing new. */
    SslUnchanged unchanged() {
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

    /** A server whose certificate is good for those who trust that CA. */
    TlsServer serve(Issuer ca) {
        var validity = Validity.withLeft(Instant.now(), Duration.ofDays(90), Duration.ofDays(60));
        return farm.serve("private.many.test", ca.issue(LeafRequest.forName("*.many.test", validity)));
    }

    /** So many targets on a server whose certificate is good. */
    List<Due> goodTargets(int count) {
        TlsServer server = farm.serve("good.many.test", farm.issue("*.many.test", Duration.ofDays(60)));
        return names(server.port(), count);
    }

    static List<Due> names(int port, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Due(
                        Target.parse("%c.many.test:%d".formatted('a' + i, port)),
                        false,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    static Due due(CheckResult result, Outcome last) {
        return new Due(result.target(), false, Optional.empty(), Optional.of(last));
    }

    static String message(List<Due> targets) {
        return message(new RecheckDue(SLOT, targets));
    }

    static String message(RecheckDue due) {
        return CloudEvent.of(EventType.RECHECK_DUE, SLOT + "/1", "recheck", SLOT, MINUTE, Optional.empty(), due)
                .write();
    }
}
