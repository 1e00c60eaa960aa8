package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.cli.TargetStory.Chapter;
import dev.certtide.cli.TargetStory.Part;
import dev.certtide.kit.Incidents;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Decision.Outcome;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryTextTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Owner JANE = new Owner("jane");
    private static final Channel MAIL = new Channel.Email("jane@example.com");
    private static final Instant START = Instant.parse("2026-11-21T13:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofHours(24));

    @Test
    void theStoryOfAnIncidentIsATimeline() {
        var incident = incident(Optional.empty());
        var quiet = decision(
                "warning", Kind.OPENED, Outcome.HELD, "quiet-hours", 0, Optional.of(START.plus(Duration.ofHours(18))));
        var told = decision("warning", Kind.OPENED, Outcome.TOLD, "first", 18, Optional.empty());
        var chapter = new Chapter(
                incident,
                Happening.inOrder(
                        List.of(new Incidents.Step("inc_1", START, "opened: warning")), List.of(told, quiet)));
        var story = story(
                result(Status.WARNING, 5), standing(Status.WARNING, Optional.empty()), part(watch(false), chapter));

        assertEquals("""
                shop.example  warning since 2026-11-21 13:00 UTC (1 day ago)
                  checked last 2026-11-22 10:00 UTC (3 hours ago)
                  expiring: It ends; renew it.

                jane, who watches it since 2026-11-21 13:00 UTC and is told by email:jane@example.com
                  inc_1  shop.example: warning, open
                  2026-11-21 13:00 UTC  opened: warning
                  2026-11-21 13:00 UTC  not told email:jane@example.com before 2026-11-22 07:00 UTC (opened, warning): there were quiet hours [quiet-hours]
                  2026-11-22 07:00 UTC  told email:jane@example.com (opened, warning): this was news to the channel [first]
                  The policy asks for no reminders: more is told of it when it becomes worse, or is over.
                """, String.join("\n", StoryText.lines(story, NOW)) + "\n");
    }

    @Test
    void forMachinesEachLineIsAnObject() {
        var told = decision("warning", Kind.OPENED, Outcome.TOLD, "first", 0, Optional.empty());
        var chapter = new Chapter(
                incident(Optional.of(NOW.minusSeconds(60))),
                Happening.inOrder(List.of(new Incidents.Step("inc_1", START, "opened: warning")), List.of(told)));
        var story = story(result(Status.OK, 80), standing(Status.OK, Optional.empty()), part(watch(false), chapter));

        var lines = StoryText.json(story, NOW);

        lines.forEach(Json::readTree);
        assertEquals(
                List.of("target", "watch", "incident", "step", "decision", "silence"),
                lines.stream().map(line -> line.split("\"")[3]).toList());
    }

    @Test
    void aSuspicionIsToldAsOne() {
        var suspicion = new Standing.Suspicion(Status.UNREACHABLE, START);
        var story = story(result(Status.OK, 80), standing(Status.OK, Optional.of(suspicion)), part(watch(false)));

        var lines = StoryText.lines(story, NOW);

        assertTrue(
                lines.getFirst()
                        .endsWith(
                                "  unreachable at the last check, which is not certain yet; until it is, it counts as ok"),
                lines::getFirst);
        assertTrue(
                lines.contains(
                        "  suspected: unreachable in 1 of 3 tries since 2026-11-21 13:00 UTC; it is certain after 3"),
                lines::toString);
        assertTrue(
                lines.contains("  What the last checks say is not certain yet, so nothing is told of it."),
                lines::toString);
    }

    @Test
    void nobodyWatchesWhatNobodyWatches() {
        assertEquals(
                List.of("shop.example  not checked yet", "", "Nobody watches it."),
                StoryText.lines(unknown(Optional.empty()), NOW));
        assertEquals(
                "jane does not watch it.",
                StoryText.lines(unknown(Optional.of(JANE)), NOW).getLast());
    }

    private static TargetStory unknown(Optional<Owner> asked) {
        return new TargetStory(SHOP, Optional.empty(), Optional.empty(), Optional.empty(), asked, List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Of 90 days, and the second that notAfter is part of, a quarter.
                "{} | 80 | A warning would come 2027-01-18 00:59 UTC, when 22 days of its 90 days are left (25%, at most 30d); it would be critical 2027-02-02 13:00 UTC, when 7 days of its 90 days are left (10%, at most 7d).",
                "{\"warning\":\"30d\",\"critical\":\"3d\"} | 80 | A warning would come 2027-01-10 13:00 UTC, when 30 days of its 90 days are left (30d); it would be critical 2027-02-06 13:00 UTC, when 3 days of its 90 days are left (3d).",
                "{} | 15 | That the certificate ends 2026-12-06 13:00 UTC has been a warning since 2026-11-14 00:59 UTC, when 22 days of its 90 days are left (25%, at most 30d); the next check opens the incident.",
                "{\"ignore\":[\"expiring\"]} | 80 | The policy ignores expiring: no warning comes before the certificate's end, 2027-02-09 13:00 UTC.",
                "{\"maintenance\":[{\"from\":\"2026-11-22T00:00:00Z\",\"to\":\"2026-11-23T00:00:00Z\"}]} | 80 | There is maintenance until 2026-11-23 00:00 UTC: what happens is told after that, if it lasts.",
                "{\"quietHours\":[{\"days\":[\"sun\"],\"from\":\"12:00\",\"to\":\"20:00\",\"zone\":\"UTC\"}]} | 80 | There are quiet hours: a warning is told 2026-11-22 20:00 UTC.",
                "{\"digest\":{\"every\":\"daily\",\"at\":\"08:00\",\"zone\":\"UTC\"}} | 80 | People get warnings as a summary; the next one is due 2026-11-23 08:00 UTC."
            })
    void silenceIsExplainedByThePolicy(String policy, int daysLeft, String sentence) {
        var part = new Part(JANE, Optional.of(watch(false)), Optional.of(START), Policy.parse(policy), List.of());

        var sentences = Silence.of(story(result(Status.OK, daysLeft), Optional.empty(), part), part, NOW);

        assertTrue(sentences.contains(sentence), sentences::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | {\"remindEvery\":\"4d\"} | More is told of it every 4d as long as nobody acknowledges it, and when it becomes worse, or is over.",
                "'' | {\"escalation\":{\"after\":\"4h\",\"channels\":[{\"type\":\"webhook\",\"url\":\"https://example.com/s3cret\"}]}} | The policy asks for no reminders: more is told of it when it becomes worse, or is over. If nobody acknowledges it within 4h, webhook:https://example.com is told as well.",
                "acknowledged | {} | It is acknowledged: nothing more is told of it unless it becomes worse, or is over.",
                "snoozed | {} | It is snoozed: more is told of it 2026-11-23 13:00 UTC, or when it becomes worse, or is over."
            })
    void ofAnOpenIncidentItIsToldWhenMoreOfItIsTold(String answer, String policy, String sentence) {
        var said = Stream.of(Answer.Kind.values())
                .filter(kind -> kind.word().equals(answer))
                .findFirst()
                .map(kind -> new Answer(kind, START, Optional.empty(), Optional.of(NOW.plus(Duration.ofDays(1)))));
        var chapter = new Chapter(incident(said, Optional.empty()), List.of());
        var part =
                new Part(JANE, Optional.of(watch(false)), Optional.of(START), Policy.parse(policy), List.of(chapter));

        assertEquals(
                List.of(sentence), Silence.of(story(result(Status.WARNING, 15), Optional.empty(), part), part, NOW));
    }

    @Test
    void whoPausedOrRemovedAWatchIsToldSo() {
        var removed = new Part(JANE, Optional.empty(), Optional.of(START), Policy.NONE, List.of());
        var paused = part(watch(true));

        assertEquals(
                List.of(
                        "It is not watched any more: the watch was removed 2026-11-21 13:00 UTC, and nothing is told since then."),
                Silence.of(story(result(Status.OK, 80), Optional.empty(), removed), removed, NOW));
        assertEquals(
                List.of(
                        "The watch is paused, since 2026-11-21 13:00 UTC or earlier; nothing is told until it is resumed."),
                Silence.of(story(result(Status.OK, 80), Optional.empty(), paused), paused, NOW));
    }

    @Test
    void whatThePolicyIgnoresIsNamed() {
        var findings = List.of(new Finding(FindingCode.WEAK_CIPHER, Status.WARNING, "It is weak.", List.of()));
        var result = new CheckResult(SHOP, START, new Verdict(Status.WARNING, findings), List.of());
        var part = new Part(
                JANE,
                Optional.of(watch(false)),
                Optional.of(START),
                Policy.parse("{\"ignore\":[\"weak-cipher\"]}"),
                List.of());

        var sentences = Silence.of(story(result, Optional.empty(), part), part, NOW);

        assertTrue(
                sentences.contains("The policy ignores weak-cipher, which the latest check found."),
                sentences::toString);
    }

    private static TargetStory story(CheckResult result, Optional<Standing> standing, Part... parts) {
        return new TargetStory(
                SHOP,
                Optional.of(result),
                Optional.of(NOW.minus(Duration.ofHours(3))),
                standing,
                Optional.empty(),
                List.of(parts));
    }

    private static Part part(Watch watch, Chapter... chapters) {
        return new Part(JANE, Optional.of(watch), Optional.of(START), Policy.NONE, List.of(chapters));
    }

    private static Watch watch(boolean paused) {
        return new Watch(SHOP, JANE, paused, Optional.empty(), List.of(), List.of(MAIL), START);
    }

    private static Incident incident(Optional<Instant> resolvedAt) {
        return incident(Optional.empty(), resolvedAt);
    }

    private static Incident incident(Optional<Answer> answer, Optional<Instant> resolvedAt) {
        return new Incident(
                "inc_1",
                JANE,
                Cause.of(SHOP),
                Status.WARNING,
                START,
                Optional.empty(),
                resolvedAt,
                answer,
                false,
                false,
                SHOP,
                List.of(),
                Optional.empty(),
                List.of(MAIL),
                false);
    }

    private static Decision decision(
            String step, Kind kind, Outcome outcome, String rule, int hours, Optional<Instant> until) {
        return new Decision(
                0, step, kind, Status.WARNING, MAIL, outcome, rule, START.plus(Duration.ofHours(hours)), until);
    }

    private static Optional<Standing> standing(Status status, Optional<Standing.Suspicion> suspicion) {
        return Optional.of(new Standing(
                "1",
                SHOP,
                status,
                START,
                START,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                suspicion));
    }

    private static CheckResult result(Status status, int daysLeft) {
        var findings = status == Status.OK
                ? List.<Finding>of()
                : List.of(new Finding(FindingCode.EXPIRING, status, "It ends; renew it.", List.of()));
        var end = START.plus(Duration.ofDays(daysLeft));
        var leaf = Sights.leaf("shop.example", end.minus(Duration.ofDays(90)), end, "ab".repeat(32));
        var address = Sights.address(leaf);
        return new CheckResult(SHOP, START, new Verdict(status, findings), List.of(address));
    }
}
