package dev.certtide.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.history.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table that takes no more in the middle of a batch: what was not written comes back, and nothing claims that it was. */
@ExtendWith(Engines.class)
class ThrottlingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<Target> TARGETS = IntStream.range(0, 4)
            .mapToObj(i -> Target.parse("shop-" + i + ".example"))
            .toList();

    private ThrottledDynamoDb throttled;
    private Config config;
    private Results results;
    private SslStatsHandler handler;
    private String deadLetters;
    private LocalSqs sqs;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) throws IOException {
        this.sqs = sqs;
        throttled = ThrottledDynamoDb.before(dynamoDb.endpoint());
        deadLetters = sqs.newQueue();
        var configTable = dynamoDb.newTable();
        var resultsTable = dynamoDb.newTable();
        config = new Config(new Table(dynamoDb.client(), configTable));
        results = new Results(new Table(dynamoDb.client(), resultsTable));
        TARGETS.forEach(config::schedule);
        handler = new SslStatsHandler(
                Variables.of(
                        dynamoDb,
                        sqs,
                        Map.of(
                                "AWS_ENDPOINT_URL_DYNAMODB",
                                throttled.endpoint().toString(),
                                "CONFIG_TABLE",
                                configTable,
                                "RESULTS_TABLE",
                                resultsTable,
                                "DEAD_LETTER_QUEUE_URL",
                                deadLetters)),
                () -> NOON);
    }

    @AfterEach
    void stop() {
        throttled.close();
    }

    @Test
    void whenTheResultsAreThrottledMidWayTheScheduleDoesNotClaimWhatIsNotWritten() {
        throttled.throttle(request -> request.startsWith("PutItem") && request.contains("shop-2"));
        assertEquals(List.of("m-0"), handle());
        assertEquals(List.of(true, true, false, false), written());
        assertEquals(List.of(true, true, false, false), claimed());

        throttled.throttle(_ -> false);
        assertEquals(List.of(), handle());
        assertEquals(List.of(true, true, true, true), written());
        assertEquals(List.of(true, true, true, true), claimed());
        assertEquals(List.of(), sqs.drain(deadLetters));
    }

    @Test
    void whenTheScheduleIsThrottledMidWayTheRepetitionSettlesIt() {
        throttled.throttle(request -> request.startsWith("UpdateItem") && request.contains("shop-2"));
        assertEquals(List.of("m-0"), handle());
        assertEquals(List.of(true, true, false, false), written());

        throttled.throttle(_ -> false);
        assertEquals(List.of(), handle());
        assertEquals(List.of(true, true, true, true), written());
        assertEquals(List.of(true, true, true, true), claimed());
    }

    private List<String> handle() {
        var events = new ArrayList<CloudEvent<CheckResult>>();
        for (var target : TARGETS) {
            events.add(CloudEvent.of(
                    EventType.SSL_CHECKED, "1", "ssl-checker", target.id(), NOON, Optional.empty(), result(target)));
        }
        var invocation = new Invocation("ssl-stats", Duration.ofSeconds(60));
        return handler
                .handleRequest(Invocation.messages(CloudEvent.writeBatch(CheckResult.class, events)), invocation)
                .getBatchItemFailures()
                .stream()
                .map(failure -> failure.getItemIdentifier())
                .toList();
    }

    private List<Boolean> written() {
        return TARGETS.stream()
                .map(target -> results.latest(target).isPresent())
                .toList();
    }

    private List<Boolean> claimed() {
        return TARGETS.stream()
                .map(target -> config.scheduled(List.of(target))
                        .getFirst()
                        .last()
                        .filter(Outcome.of(result(target))::equals)
                        .isPresent())
                .toList();
    }

    private static CheckResult result(Target target) {
        return new CheckResult(target, NOON, new Verdict(Status.OK, List.of()), List.of());
    }
}
