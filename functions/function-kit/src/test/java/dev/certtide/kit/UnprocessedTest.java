package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Call;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table that is asked for too much leaves keys unprocessed, and answers well all the same. */
@ExtendWith(Engines.class)
class UnprocessedTest {
    private static final List<String> KEYS =
            IntStream.range(0, 30).mapToObj(i -> "p" + i).toList();

    private final List<Long> asked = new CopyOnWriteArrayList<>();

    @Test
    void whatIsLeftUnreadIsAskedForAgainAfterAWhileThatGrows(LocalDynamoDb dynamoDb) {
        assertEquals(KEYS.stream().sorted().toList(), read(dynamoDb, call -> call < 2));
        assertEquals(3, asked.size());
        assertTrue(millisBefore(1) >= 25, () -> "after " + millisBefore(1) + " ms");
        assertTrue(millisBefore(2) >= 50, () -> "after " + millisBefore(2) + " ms");
    }

    @Test
    void whatIsLeftUnreadTimeAndAgainIsAFailure(LocalDynamoDb dynamoDb) {
        var failure = assertThrows(IllegalStateException.class, () -> read(dynamoDb, _ -> true));
        assertTrue(failure.getMessage().matches("DynamoDB leaves items of t-.* unread, asked 8 times"));
        assertEquals(8, asked.size());
    }

    private long millisBefore(int call) {
        return TimeUnit.NANOSECONDS.toMillis(asked.get(call) - asked.get(call - 1));
    }

    /** @param isLeft which of the calls leave all that they are asked for */
    private List<String> read(LocalDynamoDb dynamoDb, IntPredicate isLeft) {
        var name = dynamoDb.newTable();
        var table = new Table(dynamoDb.client(), name);
        KEYS.forEach(pk -> table.put(Item.of(pk, "s")));
        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
                    asked.add(System.nanoTime());
                    return isLeft.test(asked.size() - 1) ? left(call, name) : new Fate.Passed(call.body());
                });
                var client = LocalDynamoDb.clientOf(between.endpoint())) {
            return new Table(client, name)
                    .getAll(KEYS, "s").stream().map(Item::pk).sorted().toList();
        }
    }

    private static Fate left(Call call, String table) {
        var request = (Map<?, ?>) Json.readTree(call.body());
        return new Fate.Answered(Json.write(
                Map.of("Responses", Map.of(table, List.of()), "UnprocessedKeys", request.get("RequestItems"))));
    }
}
