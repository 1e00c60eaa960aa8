package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Call;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A message that fails comes again, and costs its owners no more than one that does not. */
@ExtendWith(Engines.class)
class ComesAgainTest {
    private static final int MOST_EVENTS = 40;
    private static final int MOST_WATCHES = 30;

    /** What fails, as far as something does. */
    private volatile Predicate<Call> away = _ -> false;

    private InFrontOf tables;
    private InFrontOf queues;
    private Registered registered;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        tables = new InFrontOf(dynamoDb.endpoint(), this::refusing);
        queues = new InFrontOf(sqs.endpoint(), this::refusing);
        registered = new Registered(
                dynamoDb,
                sqs,
                Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString(),
                        "AWS_ENDPOINT_URL_SQS", queues.endpoint().toString(),
                        "CERTTIDE_MAX_EVENTS_PER_OWNER_AND_HOUR", "" + MOST_EVENTS,
                        "CERTTIDE_MAX_WATCHES_PER_OWNER", "" + MOST_WATCHES));
    }

    @AfterEach
    void close() {
        tables.close();
        queues.close();
    }

    private Fate refusing(Call call) {
        return away.test(call) ? new Fate.Refused("AccessDeniedException") : new Fate.Passed(call.body());
    }

    private static Predicate<Call> watches(String of) {
        return call -> call.operation().equals("PutItem")
                && call.body().contains("WATCH#")
                && call.body().contains(of);
    }

    @Test
    void whatIsPermittedIsNotRefusedForWhatFailedBefore() {
        away = watches("");
        var message = added("jane", 0, 15).toList().toString();
        comesBack(message);
        comesBack(message);
        away = _ -> false;
        registered.handle(message);

        assertEquals(15, watched("jane"));
        assertEquals(List.of(), registered.deadLetters());
        assertEquals(Optional.of(15L), used("jane", "events"));
        assertEquals(Optional.of(MOST_WATCHES - 15L), used("jane", "room"));
    }

    @Test
    void ofWhatWasDoneBeforeItFailedTheRoomStaysTaken() {
        away = watches("host-7.example");
        registered.handle(added("jane", 20, 22).toList().toString());
        var message = added("jane", 0, 15).toList().toString();
        comesBack(message);
        assertEquals(Optional.of((long) MOST_WATCHES - watched("jane")), used("jane", "room"));
        assertEquals(Optional.of(2L), used("jane", "events"));
        away = _ -> false;
        registered.handle(message);
        assertEquals(Optional.of(MOST_WATCHES - 17L), used("jane", "room"));
        assertEquals(Optional.of(17L), used("jane", "events"));
    }

    @Test
    void nobodyPaysForTheFailureOfAnother() {
        away = watches("WATCH#joe");
        var message = Stream.concat(added("jane", 0, 15), added("joe", 0, 1)).toList().toString();
        for (int i = 0; i < 4; i++) {
            comesBack(message);
        }
        away = _ -> false;
        registered.handle(message);

        assertEquals(15, watched("jane"));
        assertEquals(1, watched("joe"));
        assertEquals(List.of(), registered.deadLetters());
        assertEquals(Optional.of(15L), used("jane", "events"));
        assertEquals(Optional.of(MOST_WATCHES - 15L), used("jane", "room"));
    }

    @Test
    void aMessageOfWhichTheRefusedCannotBeKeptIsNotPaidForTwice() {
        away = call -> call.operation().startsWith("SendMessage");
        var message = added("jane", 0, MOST_WATCHES + 2).toList().toString();
        comesBack(message);
        comesBack(message);
        away = _ -> false;
        registered.handle(message);

        assertEquals(MOST_WATCHES, watched("jane"));
        assertEquals(2, registered.deadLetters().size());
        assertEquals(Optional.of(MOST_WATCHES + 2L), used("jane", "events"));
        assertEquals(Optional.of(0L), used("jane", "room"));
    }

    /** An owner who removes much has the room of it once. */
    @Test
    void roomThatWasGivenBackForWhatIsNotRemovedIsTakenAgain() {
        registered.handle(added("jane", 0, 10).toList().toString());
        away = watches("");
        var message =
                IntStream.range(0, 10).mapToObj(i -> event("removed", "jane", i)).toList().toString();
        comesBack(message);
        assertEquals(Optional.of(MOST_WATCHES - 10L), used("jane", "room"));
        away = _ -> false;
        registered.handle(message);
        assertEquals(Optional.of((long) MOST_WATCHES), used("jane", "room"));
    }

    private void comesBack(String message) {
        assertEquals(
                1,
                registered
                        .handle(Invocation.messages(message))
                        .getBatchItemFailures()
                        .size());
    }

    private Optional<Long> used(String owner, String what) {
        return registered.dedup().get("owner#" + owner, "USE").flatMap(item -> item.findNumber(what));
    }

    private long watched(String owner) {
        return IntStream.range(0, MOST_WATCHES + 2)
                .mapToObj(i -> Target.parse("host-" + i + ".example"))
                .flatMap(target -> registered.config().watches(target).stream())
                .filter(watch -> watch.owner().id().equals(owner))
                .count();
    }

    private static Stream<String> added(String owner, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> event("added", owner, i));
    }

    private static String event(String type, String owner, int host) {
        return """
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1",
                 "data": {"url": "host-%d.example", "owner": "%s"}}""".formatted(type, host, owner);
    }
}
