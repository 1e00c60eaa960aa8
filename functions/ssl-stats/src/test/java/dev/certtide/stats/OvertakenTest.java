package dev.certtide.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class OvertakenTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Target SHOP = Target.parse("https://shop.example");

    /** Checks that come to what the schedule claims are not told: it must not claim what is not the latest. */
    @Test
    void aResultThatIsOvertakenAfterItWasSettledIsTakenBack(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var configTable = dynamoDb.newTable();
        var resultsTable = dynamoDb.newTable();
        var config = new Config(new Table(dynamoDb.client(), configTable));
        var results = new Results(new Table(dynamoDb.client(), resultsTable));
        config.schedule(SHOP);
        var first = result(0, Status.OK);
        config.settle(first, Optional.empty());
        results.keep(first);
        var newest = result(2, Status.OK);
        var isOvertaken = new AtomicBoolean();

        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
            if (call.operation().equals("UpdateItem") && !isOvertaken.getAndSet(true)) {
                results.keep(newest);
            }
            return new Fate.Passed(call.body());
        })) {
            var handler = new SslStatsHandler(
                    Variables.of(
                            dynamoDb,
                            sqs,
                            Map.of(
                                    "AWS_ENDPOINT_URL_DYNAMODB",
                                    between.endpoint().toString(),
                                    "CONFIG_TABLE",
                                    configTable,
                                    "RESULTS_TABLE",
                                    resultsTable,
                                    "DEAD_LETTER_QUEUE_URL",
                                    sqs.newQueue())),
                    () -> NOON);
            var body = CloudEvent.writeBatch(
                    CheckResult.class,
                    List.of(CloudEvent.of(
                            EventType.SSL_CHECKED,
                            "1",
                            "ssl-checker",
                            SHOP.id(),
                            NOON,
                            Optional.empty(),
                            result(1, Status.WARNING))));

            var answer = handler.handleRequest(
                    Invocation.messages(body), new Invocation("ssl-stats", Duration.ofSeconds(30)));

            assertEquals(List.of(), answer.getBatchItemFailures());
        }
        assertEquals(Optional.of(newest), results.latest(SHOP));
        assertEquals(
                Optional.empty(), config.scheduled(List.of(SHOP)).getFirst().last());
    }

    private static CheckResult result(int minute, Status status) {
        return new CheckResult(SHOP, NOON.plusSeconds(60L * minute), new Verdict(status, List.of()), List.of());
    }
}
