package dev.certtide.cli;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Watch;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.Margin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why an owner is told nothing of a target at present, in sentences. Pure. */
final class Silence {
    private final TargetStory story;
    private final TargetStory.Part part;
    private final Instant now;

    private Silence(TargetStory story, TargetStory.Part part, Instant now) {
        this.story = story;
        this.part = part;
        this.now = now;
    }

    /** Of an owner who has an open incident there, what has to happen until more of it is told. */
    static List<String> of(TargetStory story, TargetStory.Part part, Instant now) {
        var silence = new Silence(story, part, now);
        return part.isTrouble() && part.watch().filter(watch -> !watch.paused()).isPresent()
                ? silence.untilMore()
                : silence.sentences();
    }

    private List<String> untilMore() {
        return part.chapters().stream()
                .map(TargetStory.Chapter::newest)
                .filter(Incident::isOpen)
                .map(incident -> switch (incident.state(now)) {
                    case ACKNOWLEDGED ->
                        "It is acknowledged: nothing more is told of it unless it becomes worse, or is over.";
                    case SNOOZED ->
                        "It is snoozed: more is told of it "
                                + Span.date(
                                        incident.answer().flatMap(Answer::until).orElseThrow())
                                + ", or when it becomes worse, or is over.";
                    case OPEN, RESOLVED -> reminders() + escalation();
                })
                .distinct()
                .toList();
    }

    private String reminders() {
        return part.policy()
                .remindEvery()
                .map(every -> "More is told of it every " + every + " as long as nobody acknowledges it, and when it "
                        + "becomes worse, or is over.")
                .orElse("The policy asks for no reminders: more is told of it when it becomes worse, or is over.");
    }

    private String escalation() {
        return part.policy()
                .escalation()
                .map(escalation -> " If nobody acknowledges it within " + escalation.after() + ", "
                        + ShownChannel.of(escalation.channels()) + " is told as well.")
                .orElse("");
    }

    private List<String> sentences() {
        if (part.watch().isEmpty()) {
            return List.of("It is not watched any more: the watch was removed"
                    + part.changedAt().map(at -> " " + Span.date(at)).orElse("")
                    + ", and nothing is told since then.");
        }
        var watch = part.watch().get();
        if (watch.paused()) {
            return List.of("The watch is paused"
                    + part.changedAt()
                            .map(at -> ", since " + Span.date(at) + " or earlier")
                            .orElse("")
                    + "; nothing is told until it is resumed.");
        }
        if (story.latest().isEmpty()) {
            return List.of("It has not been checked yet.");
        }
        var sentences = new ArrayList<String>();
        trouble().ifPresent(sentences::add);
        ignored().ifPresent(sentences::add);
        leaf().map(this::end).ifPresent(sentences::addAll);
        sentences.addAll(delays(watch));
        return sentences;
    }

    /** What a check found that the policy does not ignore, and no incident tells. */
    private Optional<String> trouble() {
        if (story.standing().flatMap(Standing::suspicion).isPresent()) {
            return Optional.of("What the last checks say is not certain yet, so nothing is told of it.");
        }
        var codes = serious(false);
        if (codes.isEmpty()) {
            return Optional.of("All is well.");
        }
        return Optional.of("The latest check found " + codes + ", of which the owner has no open incident: "
                + "it was resolved by hand, or has only just been found, and is told after the next check.");
    }

    private Optional<String> ignored() {
        return Optional.of(serious(true))
                .filter(codes -> !codes.isEmpty())
                .map(codes -> "The policy ignores " + codes + ", which the latest check found.");
    }

    /** The certificate's end is told below, by the owner's own margins. */
    private String serious(boolean isIgnored) {
        return story.latest().map(CheckResult::findings).orElse(List.of()).stream()
                .filter(finding -> finding.severity() != Status.OK)
                .map(Finding::code)
                .filter(code -> code != FindingCode.EXPIRING)
                .filter(code -> part.policy().ignore().contains(code) == isIgnored)
                .map(FindingCode::code)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private Optional<CertificateReport> leaf() {
        return story.latest().flatMap(CheckResult::newestLeaf);
    }

    private List<String> end(CertificateReport leaf) {
        var policy = part.policy();
        if (policy.ignore().contains(FindingCode.EXPIRING)) {
            return List.of("The policy ignores expiring: no warning comes before the certificate's end, "
                    + Span.date(leaf.notAfter()) + ".");
        }
        return switch (policy.level(leaf, now)) {
            case OK ->
                List.of("A warning would come " + when(policy.warningMargin(), leaf) + "; it would be critical "
                        + when(policy.criticalMargin(), leaf) + ".");
            case WARNING -> List.of(due("a warning", policy.warningMargin(), leaf));
            case CRITICAL, UNREACHABLE -> List.of(due("critical", policy.criticalMargin(), leaf));
        };
    }

    /** For example {@code 2026-12-03 12:00 UTC, when 30 days are left (25%, at most 30d)}. */
    private static String when(Margin margin, CertificateReport leaf) {
        var left = margin.of(leaf.lifetime());
        return Span.date(leaf.notAfter().minus(left)) + ", when " + Span.length(left) + " of its "
                + Span.length(leaf.lifetime()) + " are left (" + margin + ")";
    }

    private static String due(String what, Margin margin, CertificateReport leaf) {
        return "That the certificate ends " + Span.date(leaf.notAfter()) + " has been " + what + " since "
                + when(margin, leaf) + "; the next check opens the incident.";
    }

    /** What would come later than one might think. */
    private List<String> delays(Watch watch) {
        var sentences = new ArrayList<String>();
        var policy = part.policy();
        if (watch.channels().isEmpty()) {
            sentences.add("The watch names no channels: whatever happens is seen here and nowhere else.");
        }
        policy.maintenanceUntil(now)
                .ifPresent(until -> sentences.add("There is maintenance until " + Span.date(until)
                        + ": what happens is told after that, if it lasts."));
        policy.quietUntil(Status.WARNING, now)
                .ifPresent(
                        until -> sentences.add("There are quiet hours: a warning is told " + Span.date(until) + "."));
        policy.digest()
                .filter(digest -> digest.holds(Status.WARNING))
                .ifPresent(digest -> sentences.add(
                        "People get warnings as a summary; the next one is due " + Span.date(digest.next(now)) + "."));
        return sentences;
    }
}
