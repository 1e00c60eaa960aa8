package dev.certtide.cli;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.policy.Digest;
import dev.certtide.model.policy.Escalation;
import dev.certtide.model.policy.Interval;
import dev.certtide.model.policy.Maintenance;
import dev.certtide.model.policy.Margin;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.Profile;
import dev.certtide.model.policy.QuietHours;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A policy in plain words, so that its author sees what was understood. */
final class PolicyWording {
    private PolicyWording() {}

    /** A line for each thing that is said; one if nothing is. */
    static List<String> of(Policy policy) {
        var lines = new ArrayList<String>();
        policy.profile().map(PolicyWording::of).ifPresent(lines::add);
        if (policy.hasMargins()) {
            lines.add("an ending certificate is a warning with " + of(policy.warningMargin()));
            lines.add("and critical with " + of(policy.criticalMargin()));
        }
        if (!policy.ignore().isEmpty()) {
            lines.add("nothing is told of "
                    + policy.ignore().stream().map(FindingCode::code).collect(Collectors.joining(", ")));
        }
        policy.remindEvery()
                .map(every -> "what lasts and nobody acknowledges is told again every " + of(every))
                .ifPresent(lines::add);
        policy.escalation().map(PolicyWording::of).ifPresent(lines::add);
        policy.quietHours().stream().map(PolicyWording::of).forEach(lines::add);
        policy.maintenance().stream().map(PolicyWording::of).forEach(lines::add);
        policy.digest().map(PolicyWording::of).ifPresent(lines::add);
        new TreeMap<>(policy.levels())
                .forEach((channel, level) ->
                        lines.add("over " + ShownChannel.ofId(channel) + " comes only what is " + orWorse(level)));
        policy.mostAtOnce()
                .map(most -> "people get at most " + most
                        + " messages within ten minutes over a channel; the rest is summed up")
                .ifPresent(lines::add);
        return lines.isEmpty() ? List.of("nothing is different from what counts for everybody") : lines;
    }

    private static String of(Profile profile) {
        return switch (profile) {
            case AUTOMATIC -> "certificates are renewed by a program";
            case MANUAL -> "certificates are renewed by hand";
        };
    }

    private static String of(Margin margin) {
        return switch (margin) {
            case Margin.Share(int percent) -> percent + "% of its lifetime left";
            case Margin.Left(Interval time) -> of(time) + " left";
            case Margin.Less(Margin.Share(int percent), Margin.Left(Interval time)) ->
                percent + "% of its lifetime left, at most " + of(time);
        };
    }

    private static String of(Interval interval) {
        var text = interval.toString();
        var number = text.substring(0, text.length() - 1);
        var unit =
                switch (text.charAt(text.length() - 1)) {
                    case 'm' -> "minute";
                    case 'h' -> "hour";
                    default -> "day";
                };
        return number + " " + unit + (number.equals("1") ? "" : "s");
    }

    private static String of(Escalation escalation) {
        return "what nobody acknowledges within " + of(escalation.after()) + " is told over "
                + ShownChannel.of(escalation.channels()) + ", too";
    }

    private static String of(QuietHours hours) {
        var days = hours.days().isEmpty()
                ? "every day"
                : "from " + hours.days().stream().map(PolicyWording::of).collect(Collectors.joining(", "));
        var time = hours.from().equals(hours.to())
                ? hours.from() + " for a whole day"
                : hours.from() + " to " + hours.to() + (hours.to().isBefore(hours.from()) ? " of the next day" : "");
        return "nothing is told " + days + " " + time + " (" + hours.zone().getId() + ")"
                + hours.except()
                        .map(level -> ", but for what is " + orWorse(level))
                        .orElse("");
    }

    private static String of(Maintenance window) {
        return "nothing is told from " + Span.date(window.from()) + " to " + Span.date(window.to())
                + window.note().map(note -> " (" + note + ")").orElse("");
    }

    private static String of(Digest digest) {
        return "what is no worse than " + digest.upTo().word() + " is summed up every "
                + digest.day().map(PolicyWording::of).orElse("day") + " at " + digest.at() + " ("
                + digest.zone().getId() + ")";
    }

    private static String of(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String orWorse(Status level) {
        return level == Status.UNREACHABLE ? level.word() : level.word() + " or worse";
    }
}
