package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.LeafSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The leaves that a target has served, as the results write them. */
@ExtendWith(Engines.class)
class LeavesTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final String PK = "TARGET#" + SHOP.id();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Table table;
    private Results results;
    private final List<LeafHistory> told = new ArrayList<>();

    @BeforeEach
    void resultsInANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        results = new Results(table);
    }

    @Test
    void aTargetThatKeepsItsLeafHasNoItemOfLeaves() {
        keep(result(0, 1));
        keep(result(1, 1));
        keep(result(2, 1));
        assertEquals(Optional.empty(), table.get(PK, "LEAVES"));
        assertEquals(List.of(), told);
        assertEquals("2026-11-21T12:00:00.000000000Z", latest().get("leafSince"));
    }

    @Test
    void aNewLeafComesToTheOnesBeforeWithTheTimesOfTheirSights() {
        keep(result(0, 1));
        keep(result(1, 1));
        keep(result(2, 1));
        keep(result(3, 2));
        keep(result(4, 2));
        assertEquals(List.of("leaf1 0-2", "leaf2 3-3"), leaves());
        assertEquals(1, told.size());
        assertEquals(results.leaves(SHOP), told.getFirst());
        assertEquals("2026-11-21T12:03:00.000000000Z", latest().get("leafSince"));
        keep(result(9, 3));
        assertEquals(List.of("leaf1 0-2", "leaf2 3-4", "leaf3 9-9"), leaves());
    }

    @Test
    void theHistorySaysWhatHasChanged() {
        keep(result(0, 1));
        keep(result(1, 2));
        keep(unreachable(2));
        keep(result(3, 3));
        keep(result(4, 1));
        assertEquals(
                Arrays.asList(null, "renewed,key-changed", null, "renewed,key-changed", "rolled-back,key-changed"),
                table.query(PK, "HISTORY#").stream()
                        .map(item -> item.find("changes").orElse(null))
                        .toList());
    }

    @Test
    void anOutageIsNoChangeOfTheLeaf() {
        keep(result(0, 1));
        keep(result(1, 1));
        assertEquals(List.of(), leaves());
        keep(unreachable(2));
        assertEquals(List.of("leaf1 0-1"), leaves(), "the latest result does not know the leaf any more");
        keep(unreachable(3));
        keep(result(4, 1));
        keep(result(5, 2));
        assertEquals(List.of("leaf1 0-4", "leaf2 5-5"), leaves());
    }

    @Test
    void theNewestLeafCountsWhileARenewalIsOnItsWayToAllAddresses() {
        keep(result(0, 1));
        keep(result(1, 1, 2));
        keep(result(2, 2, 1));
        keep(result(3, 2, 2));
        assertEquals(List.of("leaf1 0-0", "leaf2 1-1"), leaves());
        assertEquals(2, table.query(PK, "HISTORY#").size());
        assertEquals("leaf2", latest().get("leafSha256"));
    }

    @Test
    void aResultThatComesLateAddsItsLeafAndChangesNothingElse() {
        keep(result(0, 1));
        keep(result(8, 3));
        assertFalse(keep(result(4, 2)));
        assertEquals(List.of("leaf1 0-0", "leaf2 4-4", "leaf3 8-8"), leaves());
        assertEquals(results.leaves(SHOP), told.getLast());
        assertEquals("leaf3", latest().get("leafSha256"));
        assertEquals(2, table.query(PK, "HISTORY#").size());
    }

    @Test
    void aSightOfTheSameLeafThatComesLateMovesItsFirst() {
        keep(result(0, 1));
        keep(result(8, 2));
        assertFalse(keep(result(5, 2)));
        assertFalse(keep(result(6, 2)));
        keep(result(9, 3));
        assertEquals(List.of("leaf1 0-0", "leaf2 5-8", "leaf3 9-9"), leaves());
    }

    /** Each of the writes may be the last before a crash; the message comes again. */
    @Test
    void theRepetitionAfterACrashFinishesTheWorkAndSaysTheSameOfTheChange() {
        keep(result(0, 1));
        var crashed = new ArrayList<LeafHistory>();
        try {
            results.keep(result(1, 2), new ToldSchedule(Instant.EPOCH, keeping -> {
                keeping.leaves().ifPresent(crashed::add);
                throw new IllegalStateException("crash");
            }));
        } catch (IllegalStateException expected) {
            assertEquals("leaf1", latest().get("leafSha256"), "the leaves are told before the latest is written");
        }
        assertTrue(keep(result(1, 2)));
        assertTrue(keep(result(1, 2)));
        assertEquals(crashed, told);
        assertEquals(List.of("leaf1 0-0", "leaf2 1-1"), leaves());
        assertEquals(
                "renewed,key-changed", table.query(PK, "HISTORY#").getLast().get("changes"));
        var words = table.query(PK, "HISTORY#").getLast().get("changesInWords");
        assertTrue(
                words.matches("The certificate was renewed, until \\d{4}-\\d\\d-\\d\\d\\. It has a new key.*"), words);
    }

    @RepeatedTest(5)
    void shuffledAndRepeatedResultsKnowEveryLeaf() {
        var seed = new Random().nextLong();
        var all = new ArrayList<CheckResult>();
        for (int i = 0; i < 24; i++) {
            all.add(i % 7 == 3 ? unreachable(i) : result(i, 1 + i / 5));
        }
        all.addAll(List.copyOf(all));
        Collections.shuffle(all, new Random(seed));
        all.forEach(this::keep);
        assertEquals(
                List.of("leaf1", "leaf2", "leaf3", "leaf4", "leaf5"),
                results.leaves(SHOP).leaves().stream().map(LeafSeen::sha256).toList(),
                "seed " + seed);
        assertEquals("leaf5", results.leaves(SHOP).current().orElseThrow().sha256());
    }

    @Test
    void writersAtTheSameTimeLoseNothing() throws Exception {
        keep(result(0, 1));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<Boolean>>();
            for (int i = 1; i < 9; i++) {
                var result = result(i, 1 + i);
                all.add(executor.submit(() -> results.keep(result, NoSchedule.NONE)));
            }
            for (var one : all) {
                one.get();
            }
        }
        assertEquals(9, results.leaves(SHOP).leaves().size());
        assertEquals("leaf9", latest().get("leafSha256"));
    }

    @Test
    void whatAnEarlierVersionWroteIsTheBeginning() {
        keep(result(0, 1));
        table.update(PK, "LATEST", java.util.Map.of("leafSince", Optional.empty()), Condition.present());
        keep(result(1, 2));
        assertEquals(List.of("leaf1 0-0", "leaf2 1-1"), leaves());
    }

    private boolean keep(CheckResult result) {
        return results.keep(result, new ToldSchedule(Instant.EPOCH, keeping -> keeping.leaves()
                .ifPresent(told::add)));
    }

    private Item latest() {
        return table.get(PK, "LATEST").orElseThrow();
    }

    /** Each leaf and the minutes in which it was seen first and last. */
    private List<String> leaves() {
        return results.leaves(SHOP).leaves().stream()
                .map(leaf -> leaf.sha256() + " " + minute(leaf.firstSeen()) + "-" + minute(leaf.lastSeen()))
                .toList();
    }

    private static long minute(Instant instant) {
        return Duration.between(NOON, instant).toMinutes();
    }

    private static CheckResult unreachable(int minute) {
        return new CheckResult(
                SHOP, NOON.plusSeconds(60L * minute), new Verdict(Status.UNREACHABLE, List.of()), List.of());
    }

    /** A check that saw these leaves, one on each address; those with higher numbers were issued later. */
    private static CheckResult result(int minute, int... leaves) {
        var addresses = Arrays.stream(leaves)
                .mapToObj(number -> Sights.address(leaf(number)))
                .toList();
        return new CheckResult(SHOP, NOON.plusSeconds(60L * minute), new Verdict(Status.OK, List.of()), addresses);
    }

    private static CertificateReport leaf(int number) {
        var notBefore = NOON.plus(Duration.ofDays(number));
        return Sights.leaf(
                "shop.example",
                notBefore,
                notBefore.plus(Duration.ofDays(90)),
                "leaf" + number,
                Optional.of("key" + number),
                Optional.empty());
    }
}
