package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.JOE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.incidentAfter;
import static dev.certtide.failures.Samples.minute;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Channel;
import dev.certtide.model.Incident;
import dev.certtide.model.Status;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {
    private final Map<String, Set<Told>> ledger = new HashMap<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARNING | opened:warning",
                "CRITICAL | opened:critical",
                "UNREACHABLE | opened:unreachable",
                "WARNING WARNING | opened:warning -",
                "WARNING CRITICAL | opened:warning changed:critical",
                "WARNING CRITICAL WARNING | opened:warning changed:critical -",
                "CRITICAL WARNING | opened:critical -",
                "CRITICAL WARNING CRITICAL | opened:critical - -",
                "UNREACHABLE CRITICAL | opened:unreachable changed:critical",
                "CRITICAL UNREACHABLE | opened:critical changed:unreachable",
                "CRITICAL UNREACHABLE CRITICAL UNREACHABLE | opened:critical changed:unreachable - -",
                "UNREACHABLE WARNING | opened:unreachable -",
                "WARNING UNREACHABLE CRITICAL | opened:warning changed:unreachable changed:critical",
                "WARNING OK | opened:warning recovered:ok",
                "WARNING CRITICAL OK | opened:warning changed:critical recovered:ok",
                "WARNING OK OK | opened:warning recovered:ok -",
                "WARNING OK WARNING OK | opened:warning recovered:ok opened:warning recovered:ok",
                "CRITICAL OK WARNING | opened:critical recovered:ok opened:warning",
            })
    void anOwnerHearsOfEachLevelOnceAndOfTheEnd(String statuses, String expected) {
        var given = statuses.split(" ");
        var heard = new ArrayList<String>();
        for (int i = 1; i <= given.length; i++) {
            var incident = incidentAfter(
                            Arrays.stream(given, 0, i).map(Status::valueOf).toArray(Status[]::new))
                    .orElseThrow();
            var decided = tell(incident, watch(JANE, MAIL));
            heard.add(decided.isEmpty() ? "-" : words(decided));
        }
        assertEquals(expected, String.join(" ", heard));
    }

    @Test
    void eachChannelIsToldForItself() {
        var incident = incidentAfter(Status.CRITICAL).orElseThrow();
        assertEquals(
                List.of(MAIL, HOOK),
                tell(incident, watch(JANE, MAIL, HOOK)).stream()
                        .map(Notification::channel)
                        .toList());
        assertEquals(List.of(), tell(incident, watch(JANE, MAIL, HOOK)));
    }

    @Test
    void aChannelNamedTwiceIsToldOnce() {
        assertEquals(
                1,
                tell(
                                incidentAfter(Status.CRITICAL).orElseThrow(),
                                watch(JANE, MAIL, new Channel.Email("jane@example.com")))
                        .size());
    }

    @Test
    void twoOwnersAreToldForThemselvesEvenOnTheSameChannel() {
        var incident = incidentAfter(Status.CRITICAL).orElseThrow();
        assertEquals(
                List.of(JANE),
                tell(incident, watch(JANE, MAIL)).stream()
                        .map(Notification::owner)
                        .toList());
        var decided = tell(incident, watch(JANE, MAIL), watch(JOE, MAIL));
        assertEquals(List.of(JOE), decided.stream().map(Notification::owner).toList());
        assertEquals(Notification.Kind.OPENED, decided.getFirst().kind());
    }

    @Test
    void aChannelAddedInTheMiddleOfAnIncidentHearsOfItAndOfItsEnd() {
        tell(incidentAfter(Status.WARNING).orElseThrow(), watch(JANE, MAIL));
        var later = tell(incidentAfter(Status.WARNING, Status.CRITICAL).orElseThrow(), watch(JANE, MAIL, HOOK));
        assertEquals("changed:critical opened:critical", words(later));
        var end =
                tell(incidentAfter(Status.WARNING, Status.CRITICAL, Status.OK).orElseThrow(), watch(JANE, MAIL, HOOK));
        assertEquals(
                List.of(MAIL, HOOK), end.stream().map(Notification::channel).toList());
    }

    @Test
    void aChannelAddedAfterTheEndHearsNothing() {
        tell(incidentAfter(Status.WARNING).orElseThrow(), watch(JANE, MAIL));
        var end =
                tell(incidentAfter(Status.WARNING, Status.OK).orElseThrow(), watch(JANE, MAIL, HOOK), watch(JOE, MAIL));
        assertEquals(List.of(MAIL), end.stream().map(Notification::channel).toList());
        assertEquals(List.of(JANE), end.stream().map(Notification::owner).toList());
    }

    @Test
    void whoPausedHearsNothingAndOnceResumedWhatIsStillTrue() {
        var incident = incidentAfter(Status.WARNING).orElseThrow();
        assertEquals(List.of(), tell(incident, watch(JANE, MAIL).withPaused(true)));
        assertEquals("opened:warning", words(tell(incident, watch(JANE, MAIL))));
        assertEquals(
                List.of(),
                tell(
                        incidentAfter(Status.WARNING, Status.OK).orElseThrow(),
                        watch(JANE, MAIL).withPaused(true)));
    }

    @Test
    void nobodyIsToldWithoutAChannel() {
        assertEquals(List.of(), tell(incidentAfter(Status.CRITICAL).orElseThrow(), watch(JANE)));
    }

    @Test
    void aNotificationSaysWhatTheIncidentSays() {
        var incident = incidentAfter(Status.WARNING, Status.CRITICAL).orElseThrow();
        var told = tell(incident, watch(JANE, MAIL)).getFirst();
        assertEquals(incident.id(), told.incident());
        assertEquals(minute(0), told.since());
        assertEquals(minute(99), told.at());
        assertEquals(incident.findings(), told.findings());
        assertEquals(incident.leaf(), told.leaf());
        assertEquals(Samples.SHOP, told.target());
    }

    @Test
    void keysDifferExactlyWhenWhatIsToldDiffers() {
        var keys = new HashSet<String>();
        for (var statuses : List.of(List.of(Status.WARNING), List.of(Status.CRITICAL), List.of(Status.UNREACHABLE))) {
            var incident = incidentAfter(statuses.toArray(Status[]::new)).orElseThrow();
            var watches = List.of(watch(JANE, MAIL, HOOK), watch(JOE, MAIL, HOOK));
            var once = Decisions.decide(incident, watches, Set.of(), minute(1));
            var again = Decisions.decide(incident, watches, Set.of(), minute(2));
            assertEquals(
                    once.stream().map(Notification::key).toList(),
                    again.stream().map(Notification::key).toList());
            once.forEach(notification -> keys.add(notification.key()));
        }
        assertEquals(3 * 2 * 2, keys.size());
    }

    /** Decides and records, each incident in its own part of the ledger. */
    private List<Notification> tell(Incident incident, Watch... watches) {
        var told = ledger.computeIfAbsent(incident.id(), id -> new HashSet<>());
        var decided = Decisions.decide(incident, List.of(watches), told, minute(99));
        decided.forEach(notification ->
                told.add(new Told(notification.owner(), notification.channel().id(), notification.status())));
        return decided;
    }

    private static String words(List<Notification> decided) {
        return decided.stream()
                .map(notification ->
                        notification.kind().word() + ":" + notification.status().word())
                .collect(Collectors.joining(" "));
    }
}
