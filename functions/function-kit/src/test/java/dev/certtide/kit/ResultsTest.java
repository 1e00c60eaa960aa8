package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

@ExtendWith(Engines.class)
class ResultsTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Table table;
    private Results results;

    @BeforeEach
    void resultsInANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        results = new Results(table);
    }

    @Test
    void theNewestResultIsTheLatestInWhateverOrderTheyCome() {
        assertTrue(results.keep(result(NOON, Status.OK, "a"), NoSchedule.NONE));
        assertTrue(results.keep(result(NOON.plusNanos(1), Status.WARNING, "a"), NoSchedule.NONE));
        assertFalse(results.keep(result(NOON, Status.OK, "a"), NoSchedule.NONE));
        assertFalse(results.keep(result(NOON.minusSeconds(60), Status.CRITICAL, "a"), NoSchedule.NONE));
        assertEquals(Optional.of(result(NOON.plusNanos(1), Status.WARNING, "a")), results.latest(SHOP));
    }

    @Test
    void aWholeSecondIsOlderThanAnyPartOfIt() {
        // As plain ISO 8601 texts, "12:00:00Z" would sort after "12:00:00.5Z".
        assertTrue(results.keep(result(NOON.plusMillis(500), Status.OK, "a"), NoSchedule.NONE));
        assertFalse(results.keep(result(NOON, Status.WARNING, "a"), NoSchedule.NONE));
        assertTrue(results.keep(result(NOON.plusSeconds(1), Status.WARNING, "a"), NoSchedule.NONE));
    }

    @Test
    void theHistoryHoldsChangesOnly() {
        results.keep(result(NOON, Status.OK, "a"), NoSchedule.NONE);
        results.keep(result(NOON.plusSeconds(60), Status.OK, "a"), NoSchedule.NONE);
        results.keep(result(NOON.plusSeconds(120), Status.OK, "b"), NoSchedule.NONE);
        results.keep(result(NOON.plusSeconds(180), Status.WARNING, "b"), NoSchedule.NONE);
        results.keep(result(NOON.plusSeconds(240), Status.WARNING, "b"), NoSchedule.NONE);
        results.keep(result(NOON.plusSeconds(300), Status.OK, "b"), NoSchedule.NONE);
        assertEquals(
                List.of(NOON, NOON.plusSeconds(120), NOON.plusSeconds(180), NOON.plusSeconds(300)),
                history().stream().map(CheckResult::checkedAt).toList());
    }

    @Test
    void theSameResultAgainChangesNothing() {
        var result = result(NOON, Status.WARNING, "a");
        assertTrue(results.keep(result, NoSchedule.NONE));
        assertTrue(results.keep(result, NoSchedule.NONE));
        assertEquals(Optional.of(result), results.latest(SHOP));
        var next = result(NOON.plusSeconds(60), Status.OK, "a");
        assertTrue(results.keep(next, NoSchedule.NONE));
        assertTrue(results.keep(next, NoSchedule.NONE));
        assertEquals(List.of(result, next), history());
    }

    @Test
    void theFirstResultCostsOneItemAndComesToTheHistoryWithTheSecond() {
        var first = result(NOON, Status.OK, "a");
        results.keep(first, NoSchedule.NONE);
        assertEquals(List.of(), history());
        results.keep(result(NOON.plusSeconds(60), Status.WARNING, "a"), NoSchedule.NONE);
        results.keep(result(NOON.plusSeconds(120), Status.OK, "a"), NoSchedule.NONE);
        assertEquals(3, history().size());
        assertEquals(first, history().getFirst());
    }

    @Test
    void ofTwoFirstResultsAtOnceTheOlderComesToTheHistory(LocalDynamoDb dynamoDb) {
        var name = dynamoDb.newTable();
        table = new Table(dynamoDb.client(), name);
        results = new Results(table);
        var older = result(NOON, Status.OK, "a");
        var newer = result(NOON.plusSeconds(1), Status.WARNING, "a");
        var isOvertaken = new AtomicBoolean();
        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
                    if (call.operation().equals("PutItem") && !isOvertaken.getAndSet(true)) {
                        results.keep(older, NoSchedule.NONE);
                    }
                    return new Fate.Passed(call.body());
                });
                var client = LocalDynamoDb.clientOf(between.endpoint())) {
            assertTrue(new Results(new Table(client, name)).keep(newer, NoSchedule.NONE));
        }
        assertEquals(Optional.of(newer), results.latest(SHOP));
        assertEquals(List.of(older, newer), history());
    }

    @Test
    void aRetryAfterACrashBetweenHistoryAndLatestFinishesTheWork(LocalDynamoDb dynamoDb) {
        results.keep(result(NOON, Status.OK, "a"), NoSchedule.NONE);
        var change = result(NOON.plusSeconds(60), Status.CRITICAL, "a");
        // What a crash after the first of the two writes leaves.
        results.keep(change, NoSchedule.NONE);
        table.put(latestItem(dynamoDb, result(NOON, Status.OK, "a")));
        assertTrue(results.keep(change, NoSchedule.NONE));
        assertEquals(Optional.of(change), results.latest(SHOP));
        assertEquals(2, history().size());
    }

    @Test
    void theColumnsThatBackendsReadSayWhatTheResultSays() {
        results.keep(result(NOON, Status.WARNING, "a"), NoSchedule.NONE);
        var item = table.get("TARGET#https://shop.example:443", "LATEST").orElseThrow();
        assertEquals("https://shop.example:443", item.get("target"));
        assertEquals("2026-11-21T12:00:00.000000000Z", item.get("checkedAt"));
        assertEquals("warning", item.get("status"));
        assertEquals("expiring", item.get("findings"));
        assertEquals("2027-01-01T00:00:00Z", item.get("notAfter"));
        assertEquals("a", item.get("leafSha256"));
    }

    @Test
    void aTargetThatWasNeverCheckedHasNothing() {
        assertEquals(Optional.empty(), results.latest(SHOP));
    }

    @Test
    void shuffledAndRepeatedResultsEndInTheNewest() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var all = new ArrayList<CheckResult>();
        for (int i = 0; i < 20; i++) {
            all.add(result(NOON.plusSeconds(i), i % 3 == 0 ? Status.OK : Status.WARNING, "leaf" + i / 5));
        }
        var deliveries =
                new ArrayList<>(Stream.concat(all.stream(), all.stream()).toList());
        Collections.shuffle(deliveries, random);
        deliveries.forEach(result -> results.keep(result, NoSchedule.NONE));
        assertEquals(Optional.of(all.getLast()), results.latest(SHOP), "seed " + seed);
        var history = history();
        assertTrue(all.containsAll(history), "seed " + seed);
    }

    @Test
    void targetsWithPrivateRootsAreKnownAgain() {
        var target = SHOP.trusting("0123456789abcdef0123456789abcdef01234567");
        var first = result(NOON, Status.OK, "a");
        results.keep(new CheckResult(target, NOON, first.verdict(), first.addresses()), NoSchedule.NONE);
        assertEquals(Set.of(SHOP), results.withoutResult(List.of(SHOP, target)));
    }

    @Test
    void whetherItIsTheFirstMayBeGuessedWrong() {
        var first = result(NOON.plusSeconds(60), Status.OK, "a");
        assertEquals(Set.of(SHOP), results.withoutResult(List.of(SHOP)));
        assertTrue(results.keepFirst(first, NoSchedule.NONE));
        assertEquals(Set.of(), results.withoutResult(List.of(SHOP)));
        var told = new ArrayList<Results.Keeping>();
        var schedule = new ToldSchedule(Instant.EPOCH, told::add);

        assertTrue(results.keepFirst(first, schedule));
        assertFalse(results.keepFirst(result(NOON, Status.WARNING, "a"), schedule));
        assertEquals(List.of(), history());
        var next = result(NOON.plusSeconds(120), Status.OK, "b");
        assertTrue(results.keepFirst(next, schedule));

        assertEquals(List.of(first, next), history());
        assertEquals(
                List.of("again", "late", "other leaf"),
                told.stream().map(ResultsTest::wording).toList());
    }

    private static String wording(Results.Keeping keeping) {
        if (keeping.isLate()) {
            return "late";
        }
        return keeping.leaves().map(_ -> "other leaf").orElse(keeping.isNews() ? "first" : "again");
    }

    @Test
    void aTableThatCantBeReachedIsAFailureAndNotAnAbsence(LocalDynamoDb dynamoDb) {
        var missing = new Results(new Table(dynamoDb.client(), "missing"));
        assertThrows(ResourceNotFoundException.class, () -> missing.latest(SHOP));
        assertThrows(
                ResourceNotFoundException.class, () -> missing.keep(result(NOON, Status.OK, "a"), NoSchedule.NONE));
    }

    private static Item latestItem(LocalDynamoDb dynamoDb, CheckResult result) {
        var other = dynamoDb.table();
        new Results(other).keep(result, NoSchedule.NONE);
        return other.get("TARGET#" + result.target().id(), "LATEST").orElseThrow();
    }

    private List<CheckResult> history() {
        return table.query("TARGET#" + SHOP.id(), "HISTORY#").stream()
                .map(item -> Json.read(CheckResult.class, item.get("result")))
                .toList();
    }

    private static CheckResult result(Instant checkedAt, Status status, String leafSha256) {
        var findings = status == Status.OK
                ? List.<Finding>of()
                : List.of(new Finding(FindingCode.EXPIRING, status, "It ends; renew it.", List.of()));
        var leaf = Sights.leaf("shop.example", NOON, Instant.parse("2027-01-01T00:00:00Z"), leafSha256);
        var address = Sights.address(leaf);
        return new CheckResult(SHOP, checkedAt, new Verdict(status, findings), List.of(address));
    }
}
