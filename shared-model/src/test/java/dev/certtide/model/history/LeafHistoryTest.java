package dev.certtide.model.history;

import static dev.certtide.model.history.Leaves.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LeafHistoryTest {
    /** A leaf and when it was seen; at one instant one leaf is the newest of a target. */
    record Sight(CertificateReport leaf, Instant at) {}

    @Provide
    Arbitrary<List<Sight>> sights() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 99))
                .as((leaf, minute) -> new Sight(leaf(leaf), START.plusSeconds(60L * (minute * 8 + leaf))))
                .list()
                .ofMaxSize(40);
    }

    @Property
    void orderAndRepetitionMakeNoDifference(@ForAll("sights") List<Sight> sights, @ForAll long seed) {
        var shuffled = new java.util.ArrayList<>(sights);
        shuffled.addAll(sights);
        java.util.Collections.shuffle(shuffled, new java.util.Random(seed));

        assertEquals(history(sights), history(shuffled));
    }

    @Property
    void theCurrentLeafIsTheOneThatWasSeenLast(@ForAll("sights") List<Sight> sights) {
        var last =
                sights.stream().max(java.util.Comparator.comparing(Sight::at)).map(Sight::leaf);

        assertEquals(last, history(sights).current());
        assertEquals(
                last.map(CertificateReport::sha256), history(sights).seenLast().map(LeafSeen::sha256));
    }

    @Test
    void aLeafThatComesBackKeepsItsFirstSight() {
        var history = LeafHistory.NONE
                .with(leaf(0), START, START.plusSeconds(10))
                .with(leaf(1), START.plusSeconds(20))
                .with(leaf(0), START.plusSeconds(30));

        assertEquals(
                List.of("leaf0", "leaf1"),
                history.leaves().stream().map(LeafSeen::sha256).toList());
        assertEquals(START, history.leaves().getFirst().firstSeen());
        assertEquals(START.plusSeconds(30), history.leaves().getFirst().lastSeen());
        assertEquals(
                "rolled-back",
                LeafHistory.NONE
                        .with(leaf(1), START)
                        .changesTo(leaf(0))
                        .getFirst()
                        .code());
    }

    @Test
    void theHistoryIsBoundedAndTheLeafThatIsServedStaysInIt() {
        var history = LeafHistory.NONE.with(leaf(0), START);
        for (int i = 1; i < 100; i++) {
            history = history.with(leaf(i), START.plusSeconds(i)).with(leaf(0), START.plusMillis(i * 1000L + 500));
        }
        assertEquals(LeafHistory.MOST_LEAVES, history.leaves().size());
        assertEquals("leaf0", history.seenLast().orElseThrow().sha256());
        assertEquals(leaf(0), history.current().orElseThrow());
        assertTrue(Json.write(history).length() < 6_000, Json.write(history));
    }

    @Test
    void clientAuthIsKnownAsLongAsTheLeafOrTheOneBeforeHasIt() {
        var both =
                Leaves.leaf("old", START, Duration.ofDays(90), Leaves.R12, List.of("shop.example"), "k", Leaves.BOTH);
        var histories = IntStream.range(0, 3)
                .mapToObj(renewals -> IntStream.rangeClosed(1, renewals)
                        .boxed()
                        .reduce(
                                LeafHistory.NONE.with(both, START),
                                (history, i) -> history.with(leaf(i), START.plusSeconds(i)),
                                (one, other) -> other))
                .toList();
        assertEquals(
                List.of(true, true, false),
                histories.stream()
                        .map(history -> Known.of(history).clientAuth())
                        .toList());
    }

    private static LeafHistory history(List<Sight> sights) {
        var history = LeafHistory.NONE;
        for (var sight : sights) {
            history = history.with(sight.leaf(), sight.at());
        }
        return history;
    }

    private static CertificateReport leaf(int i) {
        return Leaves.leaf("leaf" + i, START.plus(Duration.ofDays(i)), Duration.ofDays(90));
    }
}
