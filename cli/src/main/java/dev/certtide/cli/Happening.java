package dev.certtide.cli;

import dev.certtide.kit.Incidents;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Decision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Something in the story of an incident. */
sealed interface Happening {
    /** Steps are written down with instants as programs read them. */
    Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

    Instant at();

    /** The trouble, or what a person said to it. */
    record Step(Instant at, String incident, String what) implements Happening {}

    /** What was decided about telling it. */
    record Decided(Decision decision) implements Happening {
        @Override
        public Instant at() {
            return decision.at();
        }
    }

    /** All of it in the order of time; of the same moment, what happened before what was decided about it. */
    static List<Happening> inOrder(List<Incidents.Step> steps, List<Decision> decisions) {
        return Stream.concat(
                        steps.stream().map(step -> (Happening) new Step(step.at(), step.incident(), step.what())),
                        decisions.stream().map(Decided::new))
                .sorted(Comparator.comparing(Happening::at))
                .toList();
    }

    /** In a line for people. */
    default String words() {
        return switch (this) {
            case Step step -> INSTANT.matcher(step.what()).replaceAll(found -> Span.date(Instant.parse(found.group())));
            case Decided(var decision) -> words(decision);
        };
    }

    private static String words(Decision decision) {
        var channel = ShownChannel.of(decision.channel());
        var until = decision.until().map(Span::date);
        var deed =
                switch (decision.outcome()) {
                    case TOLD -> "told " + channel;
                    case GATHERED ->
                        "kept for the summary"
                                + until.map(date -> " of " + date).orElse("") + " to " + channel;
                    case HELD ->
                        "not told " + channel
                                + until.map(date -> " before " + date).orElse("");
                    case SILENT -> "not told " + channel;
                };
        return deed + " (" + subject(decision) + "): " + Rule.sentence(decision.rule()) + " [" + decision.rule() + "]";
    }

    private static String subject(Decision decision) {
        var kind = decision.kind().word();
        return decision.status() == Status.OK
                ? kind
                : kind + ", " + decision.status().word();
    }
}
