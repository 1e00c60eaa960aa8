package dev.certtide.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchChangesTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Owner JANE = new Owner("jane");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void whatIsAskedInOrderComesToWhatOneExpects() {
        var added = added(WatchChanges.NONE, 1, "k1", List.of("a"), mail("jane"));
        assertEquals(Optional.of(watch(1, false, "k1", List.of("a"), mail("jane"))), watch(added));
        var updated = added(added, 2, null, List.of("b"), List.of());
        assertEquals(
                Optional.of(watch(1, false, "k1", List.of("b"), mail("jane"))),
                watch(updated),
                "what is not named stays, tags are those of the newest");
        var paused = updated.paused(at(3));
        assertEquals(Optional.of(true), watch(paused).map(Watch::paused));
        assertEquals(Optional.of(false), watch(paused.resumed(at(4))).map(Watch::paused));
        assertEquals(
                Optional.of(false),
                watch(added(paused, 4, null, List.of(), List.of())).map(Watch::paused));
        var removed = paused.removed(at(5));
        assertEquals(Optional.empty(), watch(removed));
        assertEquals(Optional.empty(), watch(removed.paused(at(6)).resumed(at(7))), "there is nothing to resume");
        assertEquals(
                Optional.of(watch(8, false, null, List.of(), List.of())),
                watch(added(removed, 8, null, List.of(), List.of())),
                "nothing comes back from before the removal");
    }

    @Test
    void ofTheSameInstantARemovalWinsOverAnAdditionAndAPauseOverGoingOn() {
        var added = added(WatchChanges.NONE, 1, null, List.of(), List.of());
        assertEquals(Optional.empty(), watch(added.removed(at(1))));
        assertEquals(Optional.empty(), watch(added(WatchChanges.NONE.removed(at(1)), 1, null, List.of(), List.of())));
        assertEquals(Optional.of(true), watch(added.paused(at(1))).map(Watch::paused));
        assertEquals(
                Optional.of(true), watch(added.resumed(at(2)).paused(at(2))).map(Watch::paused));
    }

    @Test
    void aPolicyStaysUntilTheNextOneOrAnEmptyOneOrTheRemoval() {
        var wished = wished(WatchChanges.NONE, 1, "{\"warning\": \"20d\"}");
        assertEquals(Optional.of(Policy.parse("{\"warning\": \"20d\"}")), policy(wished));
        assertEquals(policy(wished), policy(added(wished, 2, null, List.of("b"), List.of())), "absent keeps it");
        assertEquals(policy(wished), policy(wished(wished, 0, "{}")), "the newest counts");
        assertEquals(
                Optional.of(Policy.parse("{\"profile\": \"manual\"}")),
                policy(wished(wished, 2, "{\"profile\": \"manual\"}")),
                "as a whole");
        assertEquals(Optional.of(Policy.NONE), policy(wished(wished, 2, "{}")), "an empty one clears it");
        assertEquals(Optional.of(Policy.NONE), policy(added(wished.removed(at(2)), 3, null, List.of(), List.of())));
        assertEquals(wished, Json.read(WatchChanges.class, Json.write(wished)));
        var watch = watch(wished).orElseThrow();
        assertEquals(watch, Json.read(Watch.class, Json.write(watch)));
        assertEquals(Optional.of(watch), watch(WatchChanges.of(watch)));
    }

    @Test
    void whatWasStoredBeforeThereWerePoliciesIsRead() {
        var added = added(WatchChanges.NONE, 1, "k1", List.of("a"), mail("jane"));
        var changes = Json.write(added);
        var watch = Json.write(watch(added).orElseThrow());
        assertEquals(added, Json.read(WatchChanges.class, changes.replace(",\"policy\":{}", "")));
        assertEquals(watch(added).orElseThrow(), Json.read(Watch.class, watch.replace(",\"policy\":{}", "")));
    }

    /** Every order, with repetitions, of every mixture of requests. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void inWhateverOrderRequestsComeTheyComeToTheSameWatch(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            var requests = requests(random);
            var expected = WatchChanges.NONE;
            for (var request : requests) {
                expected = request.apply(expected);
            }
            var inOrder = expected;
            permutations(requests, order -> {
                var changes = WatchChanges.NONE;
                for (var request : order) {
                    changes = request.apply(changes);
                }
                changes = order.getFirst().apply(changes);
                assertEquals(
                        watch(inOrder).map(WatchChangesTest::timeless),
                        watch(changes).map(WatchChangesTest::timeless));
            });
        }
    }

    @Test
    void anOrderOfOneAdditionAfterTheRemovalKeepsSinceWhenAsWell() {
        permutations(
                List.of(
                        changes -> added(changes, 1, "k", List.of(), mail("jane")),
                        changes -> changes.removed(at(2)),
                        changes -> added(changes, 3, null, List.of("x"), List.of()),
                        changes -> changes.paused(at(4)),
                        changes -> changes.resumed(at(5))),
                order -> {
                    var changes = WatchChanges.NONE;
                    for (var request : order) {
                        changes = request.apply(changes);
                    }
                    assertEquals(Optional.of(watch(3, false, null, List.of("x"), List.of())), watch(changes));
                    assertEquals(changes, Json.read(WatchChanges.class, Json.write(changes)));
                });
    }

    /** Six requests at times of which some are the same. */
    private static List<UnaryOperator<WatchChanges>> requests(Random random) {
        return IntStream.range(0, 6)
                .<UnaryOperator<WatchChanges>>mapToObj(i -> {
                    int time = random.nextInt(5);
                    return switch (random.nextInt(7)) {
                        case 0 -> changes -> changes.removed(at(time));
                        case 1 -> changes -> changes.paused(at(time));
                        case 2 -> changes -> changes.resumed(at(time));
                        case 3 -> changes -> added(changes, time, null, List.of(), List.of());
                        case 4 -> changes -> wished(changes, time, i == 0 ? "{}" : "{\"warning\": \"" + i + "d\"}");
                        default -> changes -> added(changes, time, "k" + i, List.of("t" + i), mail("m" + i));
                    };
                })
                .toList();
    }

    private static void permutations(
            List<UnaryOperator<WatchChanges>> requests,
            java.util.function.Consumer<List<UnaryOperator<WatchChanges>>> each) {
        permute(new ArrayList<>(requests), 0, each);
    }

    private static <T> void permute(List<T> items, int from, java.util.function.Consumer<List<T>> each) {
        if (from == items.size()) {
            each.accept(items);
            return;
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, each);
            Collections.swap(items, from, i);
        }
    }

    /** When the first addition was is for people, and not always known. */
    private static Watch timeless(Watch watch) {
        return new Watch(
                watch.target(),
                watch.owner(),
                watch.paused(),
                watch.externalId(),
                watch.tags(),
                watch.channels(),
                watch.policy(),
                NOON);
    }

    private static WatchChanges added(
            WatchChanges changes, int time, String externalId, List<String> tags, List<Channel> channels) {
        return changes.added(at(time), Optional.ofNullable(externalId), tags, channels, Optional.empty());
    }

    private static WatchChanges wished(WatchChanges changes, int time, String policy) {
        return changes.added(at(time), Optional.empty(), List.of(), List.of(), Optional.of(Policy.parse(policy)));
    }

    private static Optional<Watch> watch(WatchChanges changes) {
        return changes.watch(SHOP, JANE);
    }

    private static Optional<Policy> policy(WatchChanges changes) {
        return watch(changes).map(Watch::policy);
    }

    private static Watch watch(int since, boolean paused, String externalId, List<String> tags, List<Channel> ways) {
        return new Watch(SHOP, JANE, paused, Optional.ofNullable(externalId), tags, ways, at(since));
    }

    private static List<Channel> mail(String name) {
        return List.of(new Channel.Email(name + "@example.com"));
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
