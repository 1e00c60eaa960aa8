package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One message may be about thousands of owners. */
@ExtendWith(Engines.class)
class ManyOwnersTest {
    private static final int AT_ONCE = 8;

    @Test
    void theOwnersOfOneMessageAreWorkedOnAtOnceSoThatItIsDoneInTime(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var together = new CyclicBarrier(AT_ONCE);
        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
            if (call.operation().equals("GetItem") && call.body().contains("\"USE\"")) {
                meet(together);
            }
            return new Fate.Passed(call.body());
        })) {
            var registered = new Registered(
                    dynamoDb,
                    sqs,
                    Map.of("AWS_ENDPOINT_URL_DYNAMODB", between.endpoint().toString()));
            registered.handle(IntStream.range(0, 2 * AT_ONCE)
                    .mapToObj(i -> "{\"url\": \"shop.example\", \"owner\": \"owner-" + i + "\"}")
                    .toList()
                    .toString());
            assertFalse(together.isBroken(), "owners who never were worked on at the same time");
            assertEquals(
                    2 * AT_ONCE,
                    registered.config().watches(Target.parse("shop.example")).size());
            assertEquals(List.of(), registered.deadLetters());
        }
    }

    /** Goes on when so many are here at once; after a while if they never are, and then for good. */
    private static void meet(CyclicBarrier together) {
        try {
            together.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException alone) {
            // The test looks whether it is broken.
        }
    }
}
