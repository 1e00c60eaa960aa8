package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Call;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Target;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Watches begin and end while others do: what is on the schedule in the end is watched, and the other way round. */
@ExtendWith(Engines.class)
class ComeAndGoTest {
    private static final Target SHOP = Target.parse("shop.example");

    private InFrontOf between;
    private Registered registered;

    @AfterEach
    void close() {
        between.close();
    }

    @Test
    void aWatchThatEndsWhileItsTargetIsPutOnTheScheduleTakesItOff(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var isFirst = new AtomicBoolean(true);
        deploy(dynamoDb, sqs, call -> {
            if (puts(call) && isFirst.getAndSet(false)) {
                registered.handle(event("removed", "jane"));
            }
            return new Fate.Passed(call.body());
        });
        registered.handle(event("added", "jane"));

        assertFalse(isScheduled());
    }

    /** The SDK asks again, is told that it is there already, and cannot know by whom. */
    @Test
    void alsoWhenTheAnswerIsLostThatItWasPutThere(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var isFirst = new AtomicBoolean(true);
        deploy(dynamoDb, sqs, call -> {
            if (puts(call) && isFirst.getAndSet(false)) {
                registered.handle(event("removed", "jane"));
                return new Fate.Lost();
            }
            return new Fate.Passed(call.body());
        });
        registered.handle(event("added", "jane"));

        assertFalse(isScheduled());
    }

    @Test
    void twoLastOwnersWhoLeaveInOneMessageLeaveNothingOnTheSchedule(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var janeHasLooked = new CountDownLatch(1);
        var joeHasTakenItOff = new AtomicBoolean();
        var joeHasLooked = new CountDownLatch(1);
        var areLeaving = new AtomicBoolean();
        deploy(dynamoDb, sqs, call -> {
            if (!areLeaving.get()) {
                return new Fate.Passed(call.body());
            }
            if (call.operation().equals("PutItem") && call.body().contains("WATCH#joe")) {
                await(janeHasLooked);
            } else if (puts(call)) {
                janeHasLooked.countDown();
                await(joeHasLooked);
            } else if (call.operation().equals("DeleteItem")) {
                joeHasTakenItOff.set(true);
            } else if (call.operation().equals("Query") && joeHasTakenItOff.get()) {
                joeHasLooked.countDown();
            }
            return new Fate.Passed(call.body());
        });
        registered.handle(List.of(event("added", "jane"), event("added", "joe")).toString());
        assertTrue(isScheduled());
        areLeaving.set(true);
        registered.handle(
                List.of(event("removed", "jane"), event("removed", "joe")).toString());

        assertEquals(List.of(), registered.config().watches(SHOP));
        assertFalse(isScheduled());
    }

    @Test
    void whoComesWhileATargetIsTakenOffThatNobodyWatchedIsNotForgotten(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var isFirst = new AtomicBoolean(true);
        var deletions = new AtomicInteger();
        deploy(dynamoDb, sqs, call -> {
            if (puts(call) && isFirst.getAndSet(false)) {
                registered.handle(event("removed", "jane"));
            } else if (call.operation().equals("DeleteItem") && deletions.incrementAndGet() == 2) {
                registered.handle(event("added", "joe"));
            }
            return new Fate.Passed(call.body());
        });
        registered.handle(event("added", "jane"));

        assertEquals(2, deletions.get());
        assertEquals(1, registered.config().watches(SHOP).size());
        assertTrue(isScheduled());
    }

    /** It is what the first sign-up of a target pays for all that. */
    @Test
    void theWatchesAreReadOnceMoreByWhoPutsATargetOnTheScheduleAndByNobodyElse(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var looks = new AtomicInteger();
        deploy(dynamoDb, sqs, call -> {
            looks.addAndGet(call.operation().equals("Query") && call.body().contains("WATCH#") ? 1 : 0);
            return new Fate.Passed(call.body());
        });
        registered.handle(event("added", "jane"));
        assertEquals(1, looks.get());
        registered.turnClock(Duration.ofMinutes(1));
        registered.handle(event("added", "joe"));
        registered.handle(event("added", "jane"));
        assertEquals(1, looks.get());
    }

    private void deploy(LocalDynamoDb dynamoDb, LocalSqs sqs, Function<Call, Fate> script) {
        between = new InFrontOf(dynamoDb.endpoint(), script);
        registered = new Registered(
                dynamoDb,
                sqs,
                Map.of("AWS_ENDPOINT_URL_DYNAMODB", between.endpoint().toString()));
    }

    private static boolean puts(Call call) {
        return call.operation().equals("PutItem") && call.body().contains("scheduledAt");
    }

    /** Not for ever: where nobody comes, the test says what became of it. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isScheduled() {
        return registered.config().dueInOrder(Slot.of(SHOP, Cadence.DAILY)).anyMatch(due -> due.target()
                .equals(SHOP));
    }

    private static String event(String type, String owner) {
        return """
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1",
                 "data": {"url": "shop.example", "owner": "%s"}}""".formatted(type, owner);
    }
}
