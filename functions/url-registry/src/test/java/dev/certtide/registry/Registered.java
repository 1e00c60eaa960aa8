package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.Config;
import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.Policies;
import dev.certtide.kit.Results;
import dev.certtide.kit.Standings;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;

/** The function as it is deployed, on tables and queues of its own, with a clock that is turned by hand. */
final class Registered {
    static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");

    private final LocalSqs sqs;
    private final String failures;
    private final String deadLetters;
    private final Table dedup;
    private final Config config;
    private final KeptRoots roots;
    private final Results results;
    private final Standings standings;
    private final Policies policies;
    private final Invocation invocation = new Invocation("url-registry", Duration.ofSeconds(600));
    private final UrlRegistryHandler handler;
    private Instant now = NOW;
    private int messages;

    Registered(LocalDynamoDb dynamoDb, LocalSqs sqs, Map<String, String> limits) {
        this.sqs = sqs;
        failures = sqs.newQueue();
        deadLetters = sqs.newQueue();
        var configTable = dynamoDb.newTable();
        var resultsTable = dynamoDb.newTable();
        var dedupTable = dynamoDb.newTable();
        config = new Config(new Table(dynamoDb.client(), configTable));
        roots = new KeptRoots(new Table(dynamoDb.client(), configTable));
        policies = new Policies(new Table(dynamoDb.client(), configTable));
        results = new Results(new Table(dynamoDb.client(), resultsTable));
        standings = new Standings(new Table(dynamoDb.client(), resultsTable));
        dedup = new Table(dynamoDb.client(), dedupTable);
        var variables = new HashMap<>(Map.of(
                "CONFIG_TABLE", configTable,
                "RESULTS_TABLE", resultsTable,
                "DEDUP_TABLE", dedupTable,
                "SSL_FAILURES_QUEUE_URL", failures,
                "DEAD_LETTER_QUEUE_URL", deadLetters));
        variables.putAll(limits);
        handler = new UrlRegistryHandler(Variables.of(dynamoDb, sqs, variables), () -> now);
    }

    /** Handles one message; each was sent a millisecond after the one before. */
    void handle(String body) {
        var event = Invocation.messages(body);
        event.getRecords()
                .getFirst()
                .setAttributes(Map.of(
                        "SentTimestamp",
                        Long.toString(NOW.plusMillis(messages++).toEpochMilli())));
        assertEquals(
                List.of(),
                handle(event).getBatchItemFailures(),
                invocation.lines().toString());
    }

    SQSBatchResponse handle(SQSEvent event) {
        return handler.handleRequest(event, invocation);
    }

    void turnClock(Duration further) {
        now = now.plus(further);
    }

    Config config() {
        return config;
    }

    KeptRoots roots() {
        return roots;
    }

    Results results() {
        return results;
    }

    Policies policies() {
        return policies;
    }

    Standings standings() {
        return standings;
    }

    Table dedup() {
        return dedup;
    }

    List<Message> sentToFailures() {
        return sqs.drain(failures);
    }

    List<Message> deadLetters() {
        return sqs.drain(deadLetters);
    }

    List<String> logged() {
        return invocation.lines();
    }
}
