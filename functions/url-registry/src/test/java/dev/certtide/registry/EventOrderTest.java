package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queues deliver late, twice and in any order. */
@ExtendWith(Engines.class)
class EventOrderTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Owner JANE = new Owner("jane");

    private Registered registered;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        registered = new Registered(dynamoDb, sqs, Map.of());
    }

    @Test
    void inWhateverOrderEventsComeTheyComeToTheSameWatchAndSchedule() {
        var ends = List.of(
                List.of("added", "paused", "removed", "added"),
                List.of("added", "removed", "added", "paused"),
                List.of("added", "paused", "resumed", "removed"));
        var expected = List.of("[active], due", "[paused], not due", "[], not due");
        int number = 0;
        for (int i = 0; i < ends.size(); i++) {
            for (var order : permutations(ends.get(i).size())) {
                var target = Target.parse("shop-" + number++ + ".example");
                for (int event : order) {
                    registered.handle(event(ends.get(i).get(event), target, at(event)));
                }
                assertEquals(expected.get(i), state(target), ends.get(i) + " as " + order);
            }
        }
    }

    @Test
    void aMessageThatIsDeliveredAgainLaterChangesNothing() {
        var added = event("added", SHOP, at(0));
        registered.handle(added);
        registered.handle(event("removed", SHOP, at(1)));
        registered.turnClock(Duration.ofDays(1));
        registered.handle(added);
        assertEquals("[], not due", state(SHOP));
    }

    @Test
    void eventsWithoutATimeCountInTheOrderInWhichTheyWereSent() {
        registered.handle(event("added", SHOP, null));
        registered.handle(event("paused", SHOP, null));
        assertEquals("[paused], not due", state(SHOP));
        registered.handle(event("resumed", SHOP, null));
        assertEquals("[active], due", state(SHOP));
    }

    @Test
    void eventsOfOneMessageWithoutATimeCountInTheirOrder() {
        registered.handle(Stream.of("added", "removed", "added", "paused")
                .map(type -> event(type, SHOP, null))
                .toList()
                .toString());
        assertEquals("[paused], not due", state(SHOP));
        registered.handle(Stream.of("resumed", "removed")
                .map(type -> event(type, SHOP, null))
                .toList()
                .toString());
        assertEquals("[], not due", state(SHOP));
    }

    @Test
    void anEventFromTheFutureHasTheLastWordForFiveMinutesOnly() {
        registered.handle(event("added", SHOP, Registered.NOW.plus(Duration.ofDays(400))));
        registered.handle(event("removed", SHOP, Registered.NOW.plusSeconds(60)));
        assertEquals("[active], due", state(SHOP), "the sender's clock may be right, and ours slow");
        registered.handle(event("removed", SHOP, Registered.NOW.plusSeconds(301)));
        assertEquals("[], not due", state(SHOP), "it is no more than five minutes ahead");
    }

    @Test
    void eventsOfOneMessageFromTheFutureCountInTheirOrder() {
        var hour = Duration.ofHours(1);
        registered.handle(event("added", SHOP, at(0)));
        registered.handle(List.of(
                        event("removed", SHOP, Registered.NOW.plus(hour)),
                        event("added", SHOP, Registered.NOW.plus(hour).plusSeconds(1)))
                .toString());
        assertEquals("[active], due", state(SHOP));
        var blog = Target.parse("blog.example");
        registered.handle(List.of(
                        event("paused", blog, Registered.NOW.plus(hour).plusSeconds(2)),
                        event("added", blog, Registered.NOW.plus(hour)),
                        event("resumed", blog, Registered.NOW.plus(hour).plusSeconds(1)))
                .toString());
        assertEquals("[paused], not due", state(blog), "by their times, not by where they stand");
    }

    @Test
    void timesOfOtherAgesAreTimesAllTheSame() {
        registered.handle(event("added", SHOP, Instant.parse("+99999-01-01T00:00:00Z")));
        registered.handle(event("removed", SHOP, Instant.parse("-9999-01-01T00:00:00Z")));
        assertEquals("[active], due", state(SHOP));
        assertEquals(List.of(), registered.deadLetters());
    }

    @Test
    void anEventOfAVersionFromTheFutureIsKeptWithItsReason() {
        registered.handle(event("added", SHOP, at(0)).replace("added.v1", "added.v2"));
        assertEquals(Optional.empty(), watch(SHOP));
        var kept = registered.deadLetters().getFirst();
        assertEquals("type", kept.messageAttributes().get("field").stringValue());
        assertEquals("url-registry", kept.messageAttributes().get("function").stringValue());
    }

    @Test
    void manyEventsInOneMessageComeToOneTargetForEachOwner() {
        registered.handle(IntStream.range(0, 300)
                .mapToObj(i -> "{\"url\": \"shop.example\", \"owner\": \"owner%d\"}".formatted(i % 30))
                .toList()
                .toString());
        assertEquals(30, registered.config().watches(SHOP).size());
        assertEquals("due", isDue(SHOP));
    }

    private Optional<Watch> watch(Target target) {
        return registered.config().watches(target).stream()
                .filter(watch -> watch.owner().equals(JANE))
                .findFirst();
    }

    private String state(Target target) {
        var watches = registered.config().watches(target).stream()
                .map(watch -> watch.paused() ? "paused" : "active")
                .toList();
        return watches + ", " + isDue(target);
    }

    private String isDue(Target target) {
        return registered.config().dueInOrder(Slot.of(target, Cadence.DAILY)).anyMatch(due -> due.target()
                        .equals(target))
                ? "due"
                : "not due";
    }

    private static Instant at(int seconds) {
        return Registered.NOW.plusSeconds(seconds);
    }

    private static String event(String type, Target target, Instant time) {
        return """
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1", %s
                 "data": {"url": "%s", "owner": "jane"}}""".formatted(type, time == null ? "" : "\"time\": \"" + time + "\",", target.id());
    }

    private static List<List<Integer>> permutations(int size) {
        var all = new ArrayList<List<Integer>>();
        permute(new ArrayList<>(IntStream.range(0, size).boxed().toList()), 0, all);
        return all;
    }

    private static void permute(List<Integer> items, int from, List<List<Integer>> all) {
        if (from == items.size()) {
            all.add(List.copyOf(items));
            return;
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, all);
            Collections.swap(items, from, i);
        }
    }
}
