package dev.certtide.cli;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The story of a target, for people and for machines. Pure. */
final class StoryText {
    private final TargetStory story;
    private final Instant now;

    private StoryText(TargetStory story, Instant now) {
        this.story = story;
        this.now = now;
    }

    /** For people, line by line. */
    static List<String> lines(TargetStory story, Instant now) {
        return new StoryText(story, now).lines();
    }

    /** One object a line: the target first, then for each owner the watch, the incidents, what happened, why there is silence. */
    static List<String> json(TargetStory story, Instant now) {
        return new StoryText(story, now).trees().stream().map(Json::write).toList();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(story.target().displayName() + "  " + standing());
        story.lastChecked().ifPresent(at -> lines.add("  checked last " + IncidentText.ago(at, now)));
        findings().forEach(finding -> lines.add("  " + finding.code().code() + ": " + finding.detail()));
        suspicion().ifPresent(words -> lines.add("  " + words));
        if (story.owners().isEmpty()) {
            lines.add("");
            lines.add(story.asked().map(owner -> owner + " does not watch it.").orElse("Nobody watches it."));
        }
        for (var part : story.owners()) {
            lines.add("");
            lines.add(part.owner() + watch(part));
            for (var chapter : part.chapters()) {
                var newest = chapter.newest();
                lines.add("  " + newest.id() + "  " + newest.cause().label() + ": "
                        + newest.level().word() + ", " + IncidentText.state(newest, now));
                lines.addAll(IncidentText.timeline(chapter.story()));
            }
            Silence.of(story, part, now).forEach(sentence -> lines.add("  " + sentence));
        }
        return lines;
    }

    private static String watch(TargetStory.Part part) {
        return part.watch()
                .map(watch -> ", who watches it since " + Span.date(watch.addedAt())
                        + (watch.paused() ? " (paused)" : "") + " and is told by "
                        + ShownChannel.of(watch.channels()))
                .orElse(", who does not watch it any more");
    }

    private String standing() {
        var suspected = story.standing().flatMap(Standing::suspicion);
        if (suspected.isPresent()) {
            return suspected.get().status().word()
                    + " at the last check, which is not certain yet; until it is, it counts as "
                    + story.standing().get().status().word();
        }
        return story.standing()
                .map(known -> known.status().word() + " since " + IncidentText.ago(known.since(), now))
                .or(() -> story.latest()
                        .map(latest -> latest.status() == Status.OK
                                ? "ok, and never was in trouble as far as is known"
                                : latest.status().word()))
                .orElse("not checked yet");
    }

    private List<Finding> findings() {
        return story.latest().map(CheckResult::findings).orElse(List.of()).stream()
                .filter(finding -> finding.severity() != Status.OK)
                .toList();
    }

    private Optional<String> suspicion() {
        return story.standing()
                .flatMap(Standing::suspicion)
                .map(suspicion -> suspicion.status() == Status.UNREACHABLE
                        ? "suspected: unreachable in " + suspicion.tries() + " of " + Standing.TRIES + " tries since "
                                + Span.date(suspicion.since()) + "; it is certain after " + Standing.TRIES
                        : "suspected: " + suspicion.status().word() + " since " + Span.date(suspicion.since())
                                + "; it is certain when it lasts");
    }

    private List<Map<String, Object>> trees() {
        var trees = new ArrayList<Map<String, Object>>();
        var target = tree("target", story.target());
        target.put(
                "status",
                story.standing()
                        .map(Standing::status)
                        .or(() -> story.latest().map(CheckResult::status))
                        .map(Status::word)
                        .orElse("unknown"));
        story.standing().ifPresent(known -> target.put("since", known.since().toString()));
        story.lastChecked().ifPresent(at -> target.put("lastCheckedAt", at.toString()));
        target.put(
                "findings",
                findings().stream().map(finding -> finding.code().code()).toList());
        suspicion().ifPresent(words -> target.put("suspicion", words));
        trees.add(target);
        story.owners().forEach(part -> addTrees(part, trees));
        return trees;
    }

    private void addTrees(TargetStory.Part part, List<Map<String, Object>> trees) {
        var watch = tree("watch", story.target());
        watch.put("owner", part.owner().id());
        watch.put(
                "state",
                part.watch().map(one -> one.paused() ? "paused" : "active").orElse("removed"));
        trees.add(watch);
        for (var chapter : part.chapters()) {
            var incident = tree("incident", story.target());
            incident.putAll(IncidentText.tree(chapter.newest(), List.of(story.target()), now));
            trees.add(incident);
            chapter.story().forEach(one -> trees.add(happening(part, chapter, one)));
        }
        var silence = Silence.of(story, part, now);
        if (!silence.isEmpty()) {
            var tree = tree("silence", story.target());
            tree.put("owner", part.owner().id());
            tree.put("words", String.join(" ", silence));
            trees.add(tree);
        }
    }

    private Map<String, Object> happening(TargetStory.Part part, TargetStory.Chapter chapter, Happening one) {
        var kind =
                switch (one) {
                    case Happening.Step _ -> "step";
                    case Happening.Decided _ -> "decision";
                };
        var tree = tree(kind, story.target());
        tree.put("owner", part.owner().id());
        tree.put("cause", chapter.newest().cause().id());
        tree.put("at", one.at().toString());
        switch (one) {
            case Happening.Step(var _, var incident, var _) -> tree.put("incident", incident);
            case Happening.Decided(var decision) -> {
                tree.put("outcome", decision.outcome().word());
                tree.put("rule", decision.rule());
                tree.put("channel", ShownChannel.of(decision.channel()));
                tree.put("tells", decision.kind().word());
                tree.put("status", decision.status().word());
                decision.until().ifPresent(until -> tree.put("until", until.toString()));
            }
        }
        tree.put("words", one.words());
        return tree;
    }

    private static Map<String, Object> tree(String kind, Target target) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", kind);
        tree.put("target", target.id());
        return tree;
    }
}
