package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Incidents;
import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Decision.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HappeningTest {
    private static final Instant AT = Instant.parse("2026-11-21T22:30:00Z");
    private static final Channel MAIL = new Channel.Email("jane@example.com");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOLD     | first          | OPENED    | told email:jane@example.com (opened, warning): this was news to the channel [first]",
                "TOLD     | reminder       | REMINDER  | told email:jane@example.com (reminder, warning): it lasted, nobody had acknowledged it, and the policy asks for reminders [reminder]",
                "HELD     | quiet-hours    | OPENED    | not told email:jane@example.com before 2026-11-22 07:00 UTC (opened, warning): there were quiet hours [quiet-hours]",
                "GATHERED | digest         | OPENED    | kept for the summary of 2026-11-22 07:00 UTC to email:jane@example.com (opened, warning): the policy wants a summary instead of single messages [digest]",
                "SILENT   | acknowledged   | REMINDER  | not told email:jane@example.com (reminder, warning): somebody had acknowledged it, and it has not become worse [acknowledged]",
                "SILENT   | of-the-future  | OPENED    | not told email:jane@example.com (opened, warning): a rule that this version does not know [of-the-future]"
            })
    void aDecisionIsALineThatSaysWhatWasDoneAndWhy(Outcome outcome, String rule, Kind kind, String line) {
        var until = outcome == Outcome.HELD || outcome == Outcome.GATHERED
                ? Optional.of(Instant.parse("2026-11-22T07:00:00Z"))
                : Optional.<Instant>empty();
        var decision = new Decision(0, "warning", kind, Status.WARNING, MAIL, outcome, rule, AT, until);

        assertEquals(line, new Happening.Decided(decision).words());
    }

    @Test
    void anEndHasNoLevel() {
        var end = decision(Kind.RECOVERED, Status.OK, "end", MAIL, AT);

        assertEquals(
                "told email:jane@example.com (recovered): who was told of trouble is told of its end [end]",
                new Happening.Decided(end).words());
    }

    @Test
    void ofAWebhookOnlyTheHostIsShown() {
        var hook = new Channel.Webhook("https://hooks.example.com:8443/services/s3cret?key=s3cret");

        var words = new Happening.Decided(decision(Kind.OPENED, Status.CRITICAL, "first", hook, AT)).words();

        assertEquals(
                "told webhook:https://hooks.example.com:8443 (opened, critical): this was news to the channel [first]",
                words);
    }

    @Test
    void whatHappenedComesInTheOrderOfTimeAndBeforeWhatWasDecidedAboutIt() {
        var told = decision(Kind.OPENED, Status.WARNING, "first", MAIL, AT);
        var steps = List.of(
                new Incidents.Step("inc_1", AT, "opened: warning"),
                new Incidents.Step("inc_1", AT.plusSeconds(60), "acknowledged by joe"));
        var reminded = decision(Kind.REMINDER, Status.WARNING, "reminder", MAIL, AT.plusSeconds(30));

        assertEquals(
                List.of("opened: warning", "first", "reminder", "acknowledged by joe"),
                Happening.inOrder(steps, List.of(reminded, told)).stream()
                        .map(one -> switch (one) {
                            case Happening.Step step -> step.what();
                            case Happening.Decided(var decision) -> decision.rule();
                        })
                        .toList());
    }

    @Test
    void instantsInStepsAreShownAsAllOthers() {
        var step = new Happening.Step(AT, "inc_1", "snoozed by joe until 2026-11-24T00:02:46.946Z");

        assertEquals("snoozed by joe until 2026-11-24 00:02 UTC", step.words());
    }

    private static Decision decision(Kind kind, Status status, String rule, Channel channel, Instant at) {
        return new Decision(0, status.word(), kind, status, channel, Outcome.TOLD, rule, at, Optional.empty());
    }
}
