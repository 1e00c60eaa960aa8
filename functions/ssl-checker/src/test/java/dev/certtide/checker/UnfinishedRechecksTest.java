package dev.certtide.checker;

import static dev.certtide.checker.DeployedChecker.MINUTE;
import static dev.certtide.checker.DeployedChecker.SLOT;
import static dev.certtide.checker.DeployedChecker.message;
import static dev.certtide.checker.DeployedChecker.names;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.CheckResult;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What there is no time for: the schedule's, and what somebody asked for. */
@ExtendWith(Engines.class)
class UnfinishedRechecksTest {
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
    void whatThereIsNoTimeForComesBackInAMessageOfItsOwnAndNothingIsCheckedTwice() {
        oneAtATime();
        try (var servers = SlowServers.start(1, Duration.ofMillis(700))) {
            var targets = names(servers.ports().getFirst(), 5);
            // For publishing 3 s are kept, and a check may take 4: whatever has not begun after a second, is not.
            assertEquals(List.of(), checker.recheck(message(targets), Duration.ofSeconds(8)));
            var checked = checker.results().stream().map(CheckResult::target).toList();
            assertEquals(1, checked.size());
            int perCheck = servers.accepted();

            var rest = checker.rechecks();
            assertEquals(1, rest.size());
            var event = CloudEvent.read(RecheckDue.class, rest.getFirst().body());
            assertEquals(Optional.of(MINUTE), event.time());
            assertEquals(SLOT, event.data().slot());
            assertEquals(
                    targets.stream()
                            .filter(due -> !due.target().equals(checked.getFirst()))
                            .toList(),
                    event.data().targets());

            assertEquals(List.of(), checker.recheck(rest.getFirst().body(), PLENTY));
            assertEquals(
                    targets.stream().map(Due::target).collect(Collectors.toSet()),
                    checker.results().stream().map(CheckResult::target).collect(Collectors.toSet()));
            assertEquals(5, checker.results().size());
            assertEquals(5 * perCheck, servers.accepted());
            assertEquals(List.of(), checker.rechecks());
        }
    }

    @Test
    void whenThereIsNoTimeForAnyTheMessageComesBackAsItIs() {
        oneAtATime();
        try (var servers = SlowServers.start(1, Duration.ofMillis(100))) {
            assertEquals(
                    List.of("m-0"),
                    checker.recheck(message(names(servers.ports().getFirst(), 3)), Duration.ofSeconds(6)));
            assertEquals(0, servers.accepted());
            assertEquals(List.of(), checker.topic().messages());
            assertEquals(List.of(), checker.rechecks());
        }
    }

    @Test
    void whatCannotBeSentBackComesBackWithTheWholeMessage() {
        oneAtATime().withoutItsQueues();
        try (var servers = SlowServers.start(1, Duration.ofMillis(700))) {
            assertEquals(
                    List.of("m-0"),
                    checker.recheck(message(names(servers.ports().getFirst(), 3)), Duration.ofSeconds(8)));
        }
    }

    @Test
    void whatSomebodyAskedForAndThereIsNoTimeForBecomesDueAndNothingIsCheckedTwice() {
        oneAtATime();
        try (var servers = SlowServers.start(1, Duration.ofMillis(700))) {
            var targets = names(servers.ports().getFirst(), 5);
            assertEquals(List.of(), checker.newUrl(urls(targets), Duration.ofSeconds(8)));
            assertEquals(1, checker.results().size());
            int perCheck = servers.accepted();

            assertEquals(List.of(), checker.rechecks(), "a new URL waits behind no re-check");
            var rest = checker.handedOn();
            assertEquals(1, rest.size());
            var due = CloudEvent.read(RecheckDue.class, rest.getFirst().body()).data();
            assertEquals(RecheckDue.ASKED, due.slot());
            assertEquals(4, due.targets().size());
            assertEquals(
                    List.of(true),
                    due.targets().stream().map(Due::incident).distinct().toList());

            assertEquals(List.of(), checker.newUrl(rest.getFirst().body(), PLENTY));
            assertEquals(
                    targets.stream().map(Due::target).toList(),
                    checker.results().stream().map(CheckResult::target).toList());
            assertEquals(5 * perCheck, servers.accepted());
            assertEquals(List.of(), checker.handedOn());
        }
    }

    @Test
    void whatWasHandedOnIsHandedOnAgainIfThereIsNoTimeForSomeOfIt() {
        oneAtATime();
        try (var servers = SlowServers.start(1, Duration.ofMillis(700))) {
            checker.newUrl(urls(names(servers.ports().getFirst(), 5)), Duration.ofSeconds(8));
            var rest = checker.handedOn().getFirst().body();

            assertEquals(List.of(), checker.newUrl(rest, Duration.ofSeconds(8)));

            assertEquals(2, checker.results().size());
            assertEquals(
                    3,
                    CloudEvent.read(
                                    RecheckDue.class,
                                    checker.handedOn().getFirst().body())
                            .data()
                            .targets()
                            .size());
            assertEquals(List.of(), checker.rechecks());
            assertEquals(List.of(), checker.deadLetters());
        }
    }

    @Test
    void whatSomebodyAskedForBecomesDueEvenIfThereIsNoTimeForAny() {
        oneAtATime();
        var targets = names(1, 3);
        assertEquals(List.of(), checker.newUrl(urls(targets), Duration.ofSeconds(6)));
        assertEquals(List.of(), checker.topic().messages());
        assertEquals(1, checker.handedOn().size());
    }

    @Test
    void whatSomebodyAskedForComesBackIfItCannotBeHandedOn() {
        oneAtATime().withoutItsQueues();
        assertEquals(List.of("m-0"), checker.newUrl(urls(names(1, 3)), Duration.ofSeconds(6)));
    }

    /** A check may take four seconds, and three are kept for publishing. */
    private DeployedChecker oneAtATime() {
        return checker.with("CERTTIDE_CHECK_TIMEOUT", "4").with("CERTTIDE_MOST_PER_NETWORK", "1");
    }

    private static String urls(List<Due> targets) {
        return targets.stream()
                .map(due -> "{\"url\": \"" + due.target().id() + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
