package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is asked of the engine in memory is asked of dynalite too, and the answers are the same. */
@ExtendWith(Engines.class)
class MemoryDynamoDbTest {
    private static final int CALLS = 4_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final MemoryDynamoDb memory = new MemoryDynamoDb(InstantSource.system());
    private final Map<String, Integer> kinds = new TreeMap<>();

    /** Repeat one with {@code -Dcerttide.seed=}, whose value it printed. */
    @Test
    void whateverIsAskedBothEnginesAnswerTheSame(LocalDynamoDb dynamoDb) {
        long seed = Long.getLong("certtide.seed", new Random().nextLong());
        var calls = new RandomCalls(new Random(seed));
        var local = new Side(dynamoDb.client(), dynamoDb.newTable());
        var inMemory = new Side(memory, memory.newTable());
        var end = System.nanoTime() + LONGEST.toNanos();
        int i = 0;
        for (; i < CALLS && System.nanoTime() < end; i++) {
            var call = calls.next();
            var expected = local.answer(call);
            assertEquals(expected, inMemory.answer(call), "seed " + seed + ", call " + i + ": " + call.text());
            kinds.merge(kind(call, expected), 1, Integer::sum);
        }
        System.out.printf(
                "seed %d: %d calls, dynalite %,.0f and memory %,.0f a second; %s%n",
                seed, i, local.perSecond(i), inMemory.perSecond(i), kinds);
    }

    private static String kind(RandomCalls.Call call, Object answer) {
        var words = call.text().split(" ");
        var operation = words[0].equals("kit") ? words[0] + " " + words[1] : words[0];
        return operation + (answer instanceof Refused refused ? " " + refused.error : "");
    }

    private record Refused(String error) {}

    /** One of the two, and the time that it took. */
    private static final class Side {
        private final DynamoDbClient client;
        private final String table;
        private long nanos;

        Side(DynamoDbClient client, String table) {
            this.client = client;
            this.table = table;
        }

        Object answer(RandomCalls.Call call) {
            long began = System.nanoTime();
            try {
                return call.on().apply(client, table);
            } catch (AwsServiceException refused) {
                return new Refused(refused.getClass().getSimpleName() + "/"
                        + refused.awsErrorDetails().errorCode());
            } finally {
                nanos += System.nanoTime() - began;
            }
        }

        double perSecond(int calls) {
            return calls * 1e9 / nanos;
        }
    }
}
