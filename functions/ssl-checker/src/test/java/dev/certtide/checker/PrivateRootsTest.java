package dev.certtide.checker;

import static dev.certtide.checker.DeployedChecker.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.Validity;
import dev.certtide.kit.Item;
import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Private roots count for the targets that name them, and for no others. */
@ExtendWith(Engines.class)
class PrivateRootsTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final Issuer CA =
            Issuer.root("Private CA", Validity.withLeft(Instant.now(), Duration.ofDays(365), Duration.ofDays(300)));
    private static final PrivateRoots ROOTS = PrivateRoots.parse(CA.pem());

    private static final Issuer OTHER_CA =
            Issuer.root("Another CA", Validity.withLeft(Instant.now(), Duration.ofDays(365), Duration.ofDays(300)));

    private DeployedChecker checker;
    private Target publicly;
    private Target privately;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs, @TempDir Path folder) throws IOException {
        checker = new DeployedChecker(dynamoDb, sqs, folder);
        publicly = Target.parse("a.many.test:" + checker.serve(CA).port());
        privately = publicly.trusting(ROOTS.name());
    }

    @AfterEach
    void stop() {
        checker.close();
    }

    @Test
    void aNewUrlIsCheckedByTheRootsThatCameWithItBeforeTheyAreRegistered() {
        var events = Stream.of(
                        Map.of("url", publicly.url(), "privateRoots", ROOTS.pem()), Map.of("url", publicly.url()))
                .map(Json::write)
                .toList();
        assertEquals(List.of(), checker.newUrl(events.toString(), PLENTY));

        assertEachIsTold();
        assertEquals(List.of(), checker.rechecks());
    }

    @Test
    void whatIsDueIsCheckedByTheRootsThatAreKept() {
        checker.roots().keep(privately, ROOTS);

        assertEquals(List.of(), checker.recheck(message(List.of(due(publicly), due(privately))), PLENTY));
        assertEachIsTold();
        assertEquals(List.of(), checker.rechecks());
    }

    @Test
    void aTargetWithoutItsRootsHasASecondChanceAloneAndIsThenADeadLetter() {
        assertEquals(List.of(), checker.recheck(message(List.of(due(publicly), due(privately))), PLENTY));
        assertEquals(
                List.of(publicly),
                checker.results().stream().map(CheckResult::target).toList());
        assertEquals(List.of(), checker.deadLetters());
        var rest = checker.rechecks().getFirst().body();
        assertEquals(
                List.of(due(privately)),
                CloudEvent.read(RecheckDue.class, rest).data().targets());

        assertEquals(List.of(), checker.recheck(rest, PLENTY));
        assertEquals(1, checker.results().size(), "nothing is told of what was not checked");
        assertEquals(List.of(), checker.rechecks());
        var letter = checker.deadLetters().getFirst();
        assertEquals(rest, letter.body());
        assertEquals("data.targets", letter.messageAttributes().get("field").stringValue());
        assertEquals(
                "data.targets: are to be checked by private roots that are not in Config (ROOTS#<name>); publish the URLs "
                        + "with their privateRoots again, then redrive this message",
                letter.messageAttributes().get("reason").stringValue());

        checker.roots().keep(privately, ROOTS);
        checker.recheck(letter.body(), PLENTY);
        assertEachIsTold();
    }

    @Test
    void aTargetWhoseCheckFailsKeepsNoneOfTheOthersFromBeingTold() {
        // What is kept under that name is something else.
        checker.config().put(Item.of("ROOTS#" + ROOTS.name(), "ROOTS").with("pem", OTHER_CA.pem()));

        assertEquals(List.of(), checker.recheck(message(List.of(due(publicly), due(privately))), PLENTY));

        assertEquals(
                List.of(publicly),
                checker.results().stream().map(CheckResult::target).toList());
        var rest = checker.rechecks();
        assertEquals(
                List.of(due(privately)),
                CloudEvent.read(RecheckDue.class, rest.getFirst().body()).data().targets());
        assertEquals(List.of("m-0"), checker.recheck(rest.getFirst().body(), PLENTY), "alone it comes back as it is");
        assertEquals(List.of(), checker.rechecks());
        assertEquals(1, checker.results().size());
    }

    @Test
    void aCheckThatSomebodyAskedForBeforeTheRootsAreRegisteredBecomesDue() {
        var asked = Json.write(Map.of(
                "specversion", "1.0",
                "id", "1",
                "source", "tests",
                "type", "dev.certtide.url.check-requested.v1",
                "data", Map.of("url", publicly.url(), "privateRoots", ROOTS.name())));
        assertEquals(List.of(), checker.newUrl(asked, PLENTY));
        assertEquals(List.of(), checker.results());
        assertEquals(List.of(), checker.deadLetters());

        checker.roots().keep(privately, ROOTS);
        checker.newUrl(checker.handedOn().getFirst().body(), PLENTY);
        assertEquals(privately, checker.results().getFirst().target());
    }

    @Test
    void rootsAreReadOnceForAProcess(LocalDynamoDb dynamoDb) {
        var table = dynamoDb.table();
        var kept = new KeptRoots(table);
        var roots = new WatchRoots(kept);
        assertThrows(MissingRootsException.class, () -> roots.of(privately, Map.of()));
        assertEquals(ROOTS.certificates(), roots.of(privately, Map.of(ROOTS.name(), ROOTS)));
        assertThrows(MissingRootsException.class, () -> roots.of(privately, Map.of()));

        kept.keep(privately, ROOTS);
        assertEquals(ROOTS.certificates(), roots.of(privately, Map.of()));
        table.delete("ROOTS#" + ROOTS.name(), "ROOTS");
        assertEquals(ROOTS.certificates(), roots.of(privately, Map.of()));
        assertEquals(List.of(), roots.of(publicly, Map.of()));
    }

    private void assertEachIsTold() {
        var results = checker.results();
        assertEquals(
                List.of(publicly, privately),
                results.stream().map(CheckResult::target).toList());
        assertEquals(
                List.of(List.of(FindingCode.INCOMPLETE_CHAIN), List.of()),
                results.stream().map(result -> result.verdict().codes()).toList());
        assertTrue(results.getLast().findings().isEmpty());
    }

    private static Due due(Target target) {
        return new Due(target, false);
    }
}
