package dev.certtide.stats;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.Message;

/** The function as it is deployed, with tables and queues; what it does to the tables passes through a script. */
final class DeployedStats implements AutoCloseable {
    static final Target SHOP = Target.parse("shop.example");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final Table resultsTable;
    final Config config;
    final Results results;

    private final LocalSqs sqs;
    private final String deadLetters;
    private final InFrontOf between;
    private final SslStatsHandler handler;
    private volatile Instant now = NOON;
    private volatile Function<InFrontOf.Call, InFrontOf.Fate> script = call -> new InFrontOf.Fate.Passed(call.body());

    DeployedStats(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.sqs = sqs;
        deadLetters = sqs.newQueue();
        between = new InFrontOf(dynamoDb.endpoint(), call -> script.apply(call));
        var configName = dynamoDb.newTable();
        var resultsName = dynamoDb.newTable();
        resultsTable = new Table(dynamoDb.client(), resultsName);
        config = new Config(new Table(dynamoDb.client(), configName), () -> NOON);
        results = new Results(resultsTable);
        handler = new SslStatsHandler(
                Variables.of(
                        dynamoDb,
                        sqs,
                        Map.of(
                                "AWS_ENDPOINT_URL_DYNAMODB",
                                between.endpoint().toString(),
                                "CONFIG_TABLE",
                                configName,
                                "RESULTS_TABLE",
                                resultsName,
                                "DEAD_LETTER_QUEUE_URL",
                                deadLetters)),
                () -> now);
    }

    /** Decides what becomes of the function's calls from now on. */
    void during(Function<InFrontOf.Call, InFrontOf.Fate> script) {
        this.script = script;
    }

    /** The messages that were refused, and are in the queue no more. */
    List<Message> deadLetters() {
        return sqs.drain(deadLetters);
    }

    /** Has messages worked on; returns those that come back. */
    List<String> handle(Duration time, String... bodies) {
        return handler
                .handleRequest(Invocation.messages(bodies), new Invocation("ssl-stats", time))
                .getBatchItemFailures()
                .stream()
                .map(failure -> failure.getItemIdentifier())
                .toList();
    }

    /** The same with plenty of time, for one message of these results, once they have been checked. */
    List<String> handle(CheckResult... results) {
        Arrays.stream(results)
                .map(CheckResult::checkedAt)
                .max(Instant::compareTo)
                .ifPresent(this::turnClock);
        return handle(Duration.ofSeconds(60), message(results));
    }

    /** The clock never goes back. */
    void turnClock(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    static String message(CheckResult... results) {
        return CloudEvent.writeBatch(
                CheckResult.class,
                Arrays.stream(results).map(DeployedStats::event).toList());
    }

    private static CloudEvent<CheckResult> event(CheckResult result) {
        return CloudEvent.of(
                EventType.SSL_CHECKED, "1", "ssl-checker", result.target().id(), NOON, Optional.empty(), result);
    }

    @Override
    public void close() {
        between.close();
    }

    /** A check, so many minutes after noon, that saw a leaf which lives for so many days. */
    static CheckResult result(int minute, Status status, int lifetimeDays) {
        return result(minute, status, Duration.ofDays(lifetimeDays));
    }

    static CheckResult result(int minute, Status status, Duration validFor) {
        return new CheckResult(
                SHOP,
                NOON.plusSeconds(60L * minute),
                new Verdict(status, List.of()),
                List.of(address(
                        leaf(NOON.minus(Duration.ofDays(1)), validFor, validFor.toString(), List.of("serverAuth")))));
    }

    static CertificateReport leaf(Instant notBefore, Duration validFor, String name, List<String> purposes) {
        return Sights.leaf(
                "shop.example",
                notBefore,
                notBefore.plus(validFor),
                "leaf " + name,
                Optional.of("key of " + name),
                Optional.of(purposes));
    }

    static AddressReport address(CertificateReport leaf) {
        return Sights.address(leaf);
    }
}
