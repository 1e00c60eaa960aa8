package dev.certtide.checker;

import static dev.certtide.checker.DeployedChecker.MINUTE;
import static dev.certtide.checker.DeployedChecker.SLOT;
import static dev.certtide.checker.DeployedChecker.due;
import static dev.certtide.checker.DeployedChecker.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.history.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the function tells of targets whose turn it is. */
@ExtendWith(Engines.class)
class UnchangedTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);

    private DeployedChecker checker;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs, @TempDir Path folder) throws IOException {
        checker = new DeployedChecker(dynamoDb, sqs, folder);
    }

    @AfterEach
    void stop() {
        checker.close();
    }

    @Test
    void whatComesToTheSameIsToldInOneEventForAll() {
        var targets = checker.goodTargets(3);
        assertEquals(List.of(), checker.recheck(message(targets), PLENTY));
        var first = checker.results();
        assertEquals(
                targets.stream().map(Due::target).toList(),
                first.stream().map(CheckResult::target).toList());

        checker.topic().requests().clear();
        var known =
                first.stream().map(result -> due(result, Outcome.of(result))).toList();
        assertEquals(List.of(), checker.recheck(message(known), PLENTY));

        assertEquals(List.of(), checker.results());
        var told = checker.topic().messages().getFirst();
        assertEquals(Map.of("attention", "no", "schema", "dev.certtide.ssl.unchanged.v1"), told.attributes());
        var event = CloudEvent.readBatch(SslUnchanged.class, told.body()).getFirst();
        var unchanged = event.data();
        assertEquals(
                new SslUnchanged(
                        SLOT,
                        MINUTE,
                        unchanged.from(),
                        unchanged.to(),
                        targets.getFirst().target(),
                        targets.getLast().target(),
                        3,
                        List.of()),
                unchanged);
        assertTrue(first.getLast().checkedAt().isBefore(unchanged.from()));
        assertEquals(
                SLOT + "/2026-11-21T16:43:00Z/" + targets.getFirst().target() + "/" + unchanged.from(), event.id());
        assertEquals(1, checker.topic().messages().size());
    }

    @Test
    void newsAreToldOneByOneInTheSameRequestAndExceptedFromTheRest() {
        var targets = checker.goodTargets(4);
        checker.recheck(message(targets), PLENTY);
        var first = checker.results();
        checker.topic().requests().clear();

        var other = new Outcome(Status.OK, "of another chain", first.get(1).checkedAt());
        checker.recheck(
                message(List.of(
                        due(first.get(0), Outcome.of(first.get(0))),
                        due(first.get(1), other),
                        targets.get(2),
                        due(first.get(3), Outcome.of(first.get(3))))),
                PLENTY);

        assertEquals(
                List.of(targets.get(1).target(), targets.get(2).target()),
                checker.results().stream().map(CheckResult::target).toList());
        assertEquals(2, checker.unchanged().unchanged());
        assertEquals(
                List.of(targets.get(1).target(), targets.get(2).target()),
                checker.unchanged().except());
        assertEquals(1, checker.topic().requests().size());
    }

    @Test
    void whatLiesBetweenTheUnfinishedIsNotToldOfAgain() {
        var targets = checker.goodTargets(4);
        checker.recheck(message(targets), PLENTY);
        var known = checker.results().stream()
                .map(result -> due(result, Outcome.of(result)))
                .toList();
        checker.topic().requests().clear();

        var between = List.of(known.get(1).target(), known.get(2).target());
        checker.recheck(message(new RecheckDue(SLOT, List.of(known.get(0), known.get(3)), between)), PLENTY);

        assertEquals(between, checker.unchanged().except());
        assertEquals(2, checker.unchanged().unchanged());
    }

    @Test
    void anEventOfAVersionToComeIsKeptWithItsReason() {
        var body = message(checker.goodTargets(1))
                .replace("recheck.due.v1", "recheck.due.v2")
                .replace("\"slot\"", "\"slots\"");
        assertEquals(List.of(), checker.recheck(body, PLENTY));

        var kept = checker.deadLetters().getFirst();
        assertEquals(body, kept.body());
        assertEquals("type", kept.messageAttributes().get("field").stringValue());
        assertEquals(
                "type: is not known here; expected dev.certtide.recheck.due.v1",
                kept.messageAttributes().get("reason").stringValue());
        assertEquals(List.of(), checker.topic().messages());
    }
}
