package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.memory.CrashError;
import dev.certtide.kit.engine.memory.EventSource;
import dev.certtide.kit.engine.memory.Faults;
import dev.certtide.kit.engine.memory.Faults.Kind;
import dev.certtide.kit.engine.memory.Faults.Rates;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;

class FaultsTest {
    private static final Item ITEM = Item.of("p", "s");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemoryDynamoDb dynamoDb = new MemoryDynamoDb(() -> now);
    private final MemorySqs sqs = new MemorySqs(() -> now, Mischief.none());
    private final String table = dynamoDb.newTable();

    private Table through(Faults faults) {
        return new Table(dynamoDb.through(faults), table);
    }

    private Optional<Item> kept() {
        return new Table(dynamoDb, table).get("p", "s");
    }

    @Test
    void aCrashBeforeACallLeavesItUndone() {
        var process = through(Faults.at(1, Kind.CRASH_BEFORE));
        assertThrows(CrashError.class, () -> process.put(ITEM));
        assertEquals(Optional.empty(), kept());
    }

    @Test
    void aCrashAfterACallLeavesItDone() {
        var process = through(Faults.at(1, Kind.CRASH_AFTER));
        assertThrows(CrashError.class, () -> process.put(ITEM));
        assertEquals(Optional.of(ITEM), kept());
    }

    @Test
    void aThrottledCallIsUndoneAndTheNextIsNot() {
        var faults = Faults.at(1, Kind.THROTTLE);
        var process = through(faults);
        assertThrows(ProvisionedThroughputExceededException.class, () -> process.put(ITEM));
        assertEquals(Optional.empty(), kept());
        process.put(ITEM);
        assertEquals(Optional.of(ITEM), kept());
        assertEquals(Map.of(Kind.THROTTLE, 1L), faults.counts());

        var throttled = sqs.through(Faults.at(1, Kind.THROTTLE));
        assertThrows(
                RequestThrottledException.class,
                () -> throttled.sendMessage(request -> request.queueUrl("q").messageBody("x")));
    }

    @Test
    void aProcessThatCrashedMakesNoCallsUntilTheNextOneDoes() {
        var faults = Faults.at(1, Kind.CRASH_BEFORE);
        var process = through(faults);
        assertThrows(CrashError.class, () -> process.get("p", "s"));
        assertThrows(CrashError.class, () -> process.put(ITEM), "a handler that catches everything");
        assertTrue(faults.hasCrashed());
        faults.revive();
        process.put(ITEM);
        assertEquals(Optional.of(ITEM), kept());
        assertEquals(Map.of(Kind.CRASH_BEFORE, 1L), faults.counts(), "it died once");
    }

    @Test
    void theSameSeedHasTheSameFaults() {
        var rates = new Rates(0.1, 0.1, 0.2);
        var faults = Faults.seeded(7, rates);
        var fates = fates(faults);
        assertEquals(fates, fates(Faults.seeded(7, rates)));
        assertNotEquals(fates, fates(Faults.seeded(8, rates)));
        assertEquals(
                fates.stream().filter(fate -> !fate.equals("done")).count(),
                faults.counts().values().stream().mapToLong(count -> count).sum());
        assertEquals(1_000, faults.calls());
        faults.counts().forEach((kind, count) -> assertTrue(count > 50 && count < 300, kind + " " + count));
    }

    @Test
    void anOperationMayHaveRatesOfItsOwn() {
        var faults = Faults.seeded(7, Rates.NONE, Map.of("DeleteItem", new Rates(0, 0, 1)));
        assertTrue(fates(faults).stream().allMatch("done"::equals));
        assertThrows(ProvisionedThroughputExceededException.class, () -> through(faults)
                .delete("p", "s"));
    }

    @Test
    void eachPageOfAQueryIsACallOfItsOwn() {
        var text = "x".repeat(400_000);
        var all = new Table(dynamoDb, table);
        List.of("a", "b", "c", "d").forEach(sk -> all.put(Item.of("p", sk).with("text", text)));
        var process = through(Faults.at(2, Kind.THROTTLE));
        assertThrows(ProvisionedThroughputExceededException.class, () -> process.query("p", ""));
    }

    private List<String> fates(Faults faults) {
        var process = through(faults);
        var fates = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            faults.revive();
            try {
                process.put(ITEM);
                fates.add("done");
            } catch (CrashError | ProvisionedThroughputExceededException fault) {
                fates.add(fault.getClass().getSimpleName());
            }
        }
        return fates;
    }

    /** A function as all are: claim, do, done; here at every call of it something goes wrong once. */
    @ParameterizedTest
    @EnumSource
    void whereverAFunctionIsHitItsMessageIsWorkedOnInTheEnd(Kind kind) {
        for (int call = 1; call <= 6; call++) {
            var at = kind + " at call " + call;
            var faults = Faults.at(call, kind);
            var work = sqs.createQueue(request -> request.queueName("work-" + at.hashCode()))
                    .queueUrl();
            var out = sqs.createQueue(request -> request.queueName("out-" + at.hashCode()))
                    .queueUrl();
            sqs.sendMessage(request -> request.queueUrl(work).messageBody(at));
            var source = new EventSource(sqs, work, 1);
            for (int invocation = 0; invocation < 10; invocation++) {
                faults.revive();
                source.poll(event -> function(faults, out, event), faults);
                now = now.plus(Duration.ofMinutes(1));
            }
            assertEquals(Optional.empty(), sqs.nextVisible(work), at + ": it is deleted");
            var told = sqs.receiveMessage(request -> request.queueUrl(out).maxNumberOfMessages(10))
                    .messages();
            assertTrue(told.size() >= 1 && told.size() <= 2, at + ": told " + told.size() + " times");
        }
    }

    private SQSBatchResponse function(Faults faults, String out, SQSEvent event) {
        var variables = Map.of("DEDUP_TABLE", table, "OUT_QUEUE_URL", out, "DEAD_LETTER_QUEUE_URL", out);
        // A process that crashed is replaced by a new one, which makes its handler anew.
        var kit = AwsClients.lend(
                dynamoDb.through(faults), sqs.through(faults), () -> FunctionKit.of(variables, () -> now));
        var context = new Invocation("function", Duration.ofSeconds(30));
        return kit.batch(context).process(event, context, message -> {
            switch (kit.claims().claim(message.getBody(), Duration.ofSeconds(40))) {
                case Claims.Claim.Granted granted -> {
                    kit.queue("OUT_QUEUE_URL").send(List.of(message.getBody()));
                    kit.claims().done(granted, Duration.ofDays(1));
                }
                case Claims.Claim.Done _ -> {
                    // Nothing is left to do.
                }
                case Claims.Claim.Held(var left) -> throw new RetryLaterException("held", left);
            }
        });
    }
}
