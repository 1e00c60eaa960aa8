package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

/** No owner may ask for more than a share. */
@ExtendWith(Engines.class)
class OwnerLimitsTest {
    private static final int MOST_EVENTS = 40;
    private static final int MOST_WATCHES = 5;

    private Registered registered;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        registered = new Registered(
                dynamoDb,
                sqs,
                Map.of(
                        "CERTTIDE_MAX_EVENTS_PER_OWNER_AND_HOUR", "" + MOST_EVENTS,
                        "CERTTIDE_MAX_WATCHES_PER_OWNER", "" + MOST_WATCHES));
    }

    @Test
    void watchesBeyondTheLimitAreKeptAsDeadLettersWithTheReason() {
        for (int i = 0; i < 7; i++) {
            registered.handle(bare("jane", i));
        }
        assertEquals(5, watched("jane"));
        var kept = registered.deadLetters();
        assertEquals(
                List.of(bare("jane", 5), bare("jane", 6)),
                kept.stream().map(Message::body).sorted().toList());
        assertEquals("owner", attribute(kept.getFirst(), "field"));
        assertEquals(
                "owner: has the 5 watches that one owner may have; remove some and add it again after a minute",
                attribute(kept.getFirst(), "reason"));
        assertTrue(registered.logged().stream().anyMatch(line -> line.contains("\"OwnerLimitExceeded\":1")));
    }

    @Test
    void ofAMessageWhatFitsIsTakenAndTheFieldIsThatOfTheElement() {
        var events = IntStream.range(0, 7).mapToObj(i -> added("jane", i)).toList();
        registered.handle(events.toString());
        assertEquals(5, watched("jane"));
        var kept = registered.deadLetters();
        assertEquals(
                List.of("[5].data.owner", "[6].data.owner"),
                kept.stream()
                        .map(message -> attribute(message, "field"))
                        .sorted()
                        .toList());
    }

    @Test
    void whatIsWatchedCanStillBeUpdatedPausedAndRemovedAndThenThereIsRoom() {
        for (int i = 0; i < MOST_WATCHES; i++) {
            registered.handle(bare("jane", i));
        }
        registered.handle(bare("jane", 0));
        registered.handle("[" + event("removed", "jane", 0) + "," + added("jane", 5) + "]");
        assertEquals(List.of(), registered.deadLetters());
        assertEquals(5, watched("jane"));
        registered.handle(event("paused", "jane", 1));
        registered.handle(bare("jane", 6));
        assertEquals(1, registered.deadLetters().size(), "a paused watch is one all the same");
    }

    @Test
    void whatACrashHasTakenInVainComesBackWithTheNextCount() {
        registered.handle(bare("jane", 0));
        registered.dedup().add("owner#jane", "USE", Map.of("room", -4L), dev.certtide.kit.Condition.present());
        registered.handle(bare("jane", 1));
        assertEquals(1, registered.deadLetters().size());
        registered.turnClock(Duration.ofMinutes(1));
        registered.handle(bare("jane", 1));
        assertEquals(2, watched("jane"));
        assertEquals(Optional.of(3L), room("jane"));
    }

    @Test
    void roomThatWasGivenBackTwiceIsCountedOnceADay() {
        registered.handle(bare("jane", 0));
        registered.dedup().add("owner#jane", "USE", Map.of("room", 100L), dev.certtide.kit.Condition.present());
        registered.turnClock(Duration.ofHours(25));
        registered.handle(bare("jane", 1));
        assertEquals(Optional.of(3L), room("jane"));
    }

    @Test
    void aStormOfOneOwnerIsRefusedAndOthersDoNotNotice() {
        for (int i = 0; i < 60; i++) {
            registered.handle(bare("jane", i % 3));
            if (i % 10 == 0) {
                registered.handle(bare("joe", i % 3));
            }
        }
        var kept = registered.deadLetters();
        assertEquals(20, kept.size());
        assertTrue(kept.stream().allMatch(message -> message.body().contains("jane")));
        assertTrue(attribute(kept.getFirst(), "reason").startsWith("owner: has sent more than the 40 events"));
        assertEquals(3, watched("joe"));
        registered.turnClock(Duration.ofHours(1));
        registered.handle(event("removed", "jane", 0));
        assertEquals(2, watched("jane"), "in the next hour the owner is heard again");
    }

    @Test
    void aMessageThatIsTooManyByItselfIsToBeSentInSmallerOnes() {
        registered.handle(IntStream.range(0, 41)
                .mapToObj(i -> added("jane", i % 3))
                .toList()
                .toString());
        var kept = registered.deadLetters();
        assertEquals(41, kept.size());
        assertTrue(
                attribute(kept.getFirst(), "reason")
                        .endsWith(
                                "owner: has 41 events in one message, more than the 40 events that one owner may send in"
                                        + " an hour; send them in smaller messages, over several hours"),
                attribute(kept.getFirst(), "reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "1.5"})
    void aLimitThatIsNoneIsToldWithItsVariable(String value, LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var limits = Map.of("CERTTIDE_MAX_WATCHES_PER_OWNER", value);
        assertEquals(
                "CERTTIDE_MAX_WATCHES_PER_OWNER is \"" + value + "\"; it must be a whole number from 1 on",
                assertThrows(IllegalArgumentException.class, () -> new Registered(dynamoDb, sqs, limits))
                        .getMessage());
    }

    @Test
    void messagesAtTheSameTimeTakeNoMoreThanThereIs() {
        var bodies = IntStream.range(0, 30).mapToObj(i -> bare("jane", i)).toArray(String[]::new);
        assertEquals(List.of(), registered.handle(Invocation.messages(bodies)).getBatchItemFailures());
        assertEquals(5, watched("jane"));
        assertEquals(25, registered.deadLetters().size());
    }

    @Test
    void aSenderThatTellsNoOwnersApartHasNoLimits() {
        registered.handle(IntStream.range(0, 50)
                .mapToObj(i -> "{\"url\": \"host-" + i + ".example\"}")
                .toList()
                .toString());
        assertEquals(List.of(), registered.deadLetters());
        assertEquals(50, watched("default"));
    }

    private Optional<Long> room(String owner) {
        return registered.dedup().get("owner#" + owner, "USE").flatMap(item -> item.findNumber("room"));
    }

    private long watched(String owner) {
        return IntStream.range(0, 60)
                .mapToObj(i -> Target.parse("host-" + i + ".example"))
                .flatMap(target -> registered.config().watches(target).stream())
                .filter(watch -> watch.owner().id().equals(owner))
                .count();
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes().get(name).stringValue();
    }

    private static String bare(String owner, int host) {
        return "{\"url\": \"host-%d.example\", \"owner\": \"%s\"}".formatted(host, owner);
    }

    private static String added(String owner, int host) {
        return event("added", owner, host);
    }

    private static String event(String type, String owner, int host) {
        return """
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1",
                 "data": {"url": "host-%d.example", "owner": "%s"}}""".formatted(type, host, owner);
    }
}
