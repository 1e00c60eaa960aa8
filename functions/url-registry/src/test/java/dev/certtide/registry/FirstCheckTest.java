package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Call;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new URL is put on the schedule and checked at the same time, by functions that do not wait for each other. */
@ExtendWith(Engines.class)
class FirstCheckTest {
    private static final CheckResult FIRST = new CheckResult(
            Target.parse("shop.example"), Registered.NOW, new Verdict(Status.WARNING, List.of()), List.of());

    private Registered registered;

    @Test
    void theScheduleKnowsAFirstResultThatWasKeptWhileItsTargetWasPutThere(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        try (var between = new InFrontOf(dynamoDb.endpoint(), this::keepBeforeItIsScheduled)) {
            var endpoint =
                    Map.of("AWS_ENDPOINT_URL_DYNAMODB", between.endpoint().toString());
            registered = new Registered(dynamoDb, sqs, endpoint);
            registered.handle("{\"url\": \"shop.example\"}");
        }

        var due = registered
                .config()
                .dueInOrder(Slot.of(FIRST.target(), Cadence.of(FIRST)))
                .toList();
        assertEquals(Optional.of(Outcome.of(FIRST)), due.getFirst().last());
    }

    /** By the one who keeps results, who writes the first before he settles the schedule. */
    @Test
    void whatIsSettledAlreadyIsNotWrittenAgain(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var updates = new AtomicInteger();
        var isScheduled = new AtomicBoolean();
        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
            if (call.body().contains("LATEST") && isScheduled.getAndSet(false)) {
                registered.results().keep(FIRST, NoSchedule.NONE);
                registered.config().settle(FIRST, Optional.empty());
            }
            isScheduled.compareAndSet(false, call.body().contains("scheduledAt"));
            updates.addAndGet(call.operation().equals("UpdateItem") ? 1 : 0);
            return new Fate.Passed(call.body());
        })) {
            var endpoint =
                    Map.of("AWS_ENDPOINT_URL_DYNAMODB", between.endpoint().toString());
            registered = new Registered(dynamoDb, sqs, endpoint);
            registered.handle("{\"url\": \"shop.example\"}");
        }

        assertEquals(0, updates.get());
        assertEquals(Optional.of(FIRST), registered.results().latest(FIRST.target()));
    }

    private Fate keepBeforeItIsScheduled(Call call) {
        if (call.operation().equals("PutItem") && call.body().contains("scheduledAt")) {
            registered.results().keep(FIRST, NoSchedule.NONE);
        }
        return new Fate.Passed(call.body());
    }
}
