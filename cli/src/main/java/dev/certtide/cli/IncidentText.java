package dev.certtide.cli;

import dev.certtide.model.Finding;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Incidents in words. Pure. */
final class IncidentText {
    static final List<String> HEADINGS = List.of("ID", "OWNER", "WHAT", "LEVEL", "STATE", "SINCE", "TARGETS");

    private static final int LABEL = 13;
    private static final int TARGETS_SHOWN = 20;

    private IncidentText() {}

    /**
     * A line of a table.
     *
     * @param members the targets that take part
     */
    static List<String> row(Incident incident, List<Target> members, Instant now) {
        return List.of(
                incident.id(),
                incident.owner().id(),
                incident.cause().label(),
                incident.level().word(),
                state(incident, now),
                ago(incident.since(), now),
                incident.cause().target().isPresent() ? "-" : Integer.toString(members.size()));
    }

    /** For example {@code open}, or {@code snoozed until 2026-12-01 08:00 UTC}. */
    static String state(Incident incident, Instant now) {
        var state = incident.state(now);
        return switch (state) {
            case OPEN, ACKNOWLEDGED -> state.word();
            case SNOOZED ->
                state.word() + " until "
                        + Span.date(incident.answer()
                                .flatMap(Incident.Answer::until)
                                .orElseThrow());
            case RESOLVED ->
                state.word() + " " + Span.date(incident.resolvedAt().orElseThrow());
        };
    }

    /** For example {@code 2026-11-18 12:00 UTC (3 days ago)}. */
    static String ago(Instant then, Instant now) {
        return Span.date(then) + " (" + Span.distance(now, then) + ")";
    }

    /** Everything about one, line by line. */
    static List<String> page(Incident incident, List<Target> members, List<Happening> story, Instant now) {
        var lines = new ArrayList<String>();
        lines.add(incident.id() + "  " + incident.level().word() + ", " + state(incident, now));
        lines.add(line("what", incident.cause().label()));
        lines.add(line("owner", incident.owner().id()));
        lines.add(line("since", ago(incident.since(), now)));
        if (incident.reopenedAt().isPresent()) {
            lines.add(line("first", ago(incident.openedAt(), now)));
        }
        incident.answer().ifPresent(answer -> lines.add(line("answer", words(answer))));
        lines.add(line("tells", ShownChannel.of(incident.channels())));
        incident.leaf()
                .ifPresent(
                        leaf -> lines.add(line("certificate", leaf.subject() + ", ends " + ago(leaf.notAfter(), now))));
        incident.findings().forEach(finding -> lines.add(line("found", words(finding))));
        if (incident.cause().target().isEmpty()) {
            lines.add(line("targets", Integer.toString(members.size())));
            members.stream().limit(TARGETS_SHOWN).forEach(member -> lines.add(line("", member.id())));
            if (members.size() > TARGETS_SHOWN) {
                lines.add(line("", String.format(Locale.ROOT, "and %,d more", members.size() - TARGETS_SHOWN)));
            }
        }
        lines.add("");
        lines.addAll(timeline(story));
        return lines;
    }

    /** A story, line by line. */
    static List<String> timeline(List<Happening> story) {
        return story.stream()
                .map(one -> "  " + Span.date(one.at()) + "  " + one.words())
                .toList();
    }

    /** For machines; channels as they may be shown. */
    static Map<String, Object> tree(Incident incident, List<Target> members, Instant now) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", incident.id());
        fields.put("owner", incident.owner().id());
        fields.put("cause", incident.cause().id());
        fields.put("what", incident.cause().label());
        fields.put("level", incident.level().word());
        fields.put("state", incident.state(now).word());
        fields.put("since", incident.since().toString());
        fields.put("openedAt", incident.openedAt().toString());
        put(fields, "resolvedAt", incident.resolvedAt());
        incident.answer().ifPresent(answer -> {
            fields.put("answer", answer.kind().word());
            fields.put("answeredAt", answer.at().toString());
            put(fields, "by", answer.by());
            put(fields, "until", answer.until());
        });
        fields.put(
                "findings",
                incident.findings().stream()
                        .map(finding -> finding.code().code())
                        .toList());
        put(fields, "notAfter", incident.leaf().map(leaf -> leaf.notAfter()));
        fields.put("targets", members.stream().map(Target::id).toList());
        fields.put(
                "channels", incident.channels().stream().map(ShownChannel::of).toList());
        return fields;
    }

    /** The same as a line of JSON. */
    static String json(Incident incident, List<Target> members, Instant now) {
        return Json.write(tree(incident, members, now));
    }

    private static String words(Incident.Answer answer) {
        return answer.kind().word()
                + answer.by().map(by -> " by " + by).orElse("")
                + ", " + Span.date(answer.at())
                + answer.until().map(until -> ", until " + Span.date(until)).orElse("");
    }

    private static String words(Finding finding) {
        return finding.code().code() + ": " + finding.detail();
    }

    private static String line(String label, String text) {
        return "  " + Tables.pad(label, LABEL) + text;
    }

    private static void put(Map<String, Object> fields, String name, Optional<?> value) {
        value.ifPresent(some -> fields.put(name, some.toString()));
    }
}
