package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.policy.Digest;
import dev.certtide.model.policy.Escalation;
import dev.certtide.model.policy.Interval;
import dev.certtide.model.policy.Maintenance;
import dev.certtide.model.policy.Margin;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.QuietHours;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies that say one thing each. */
final class Policies {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private Policies() {}

    static Policy with(Policy base, Optional<Margin> warning, Optional<Margin> critical, List<FindingCode> ignore) {
        return new Policy(
                base.profile(),
                warning,
                critical,
                ignore,
                base.remindEvery(),
                base.escalation(),
                base.quietHours(),
                base.maintenance(),
                base.digest(),
                base.levels(),
                base.mostAtOnce());
    }

    static Policy reminders(String every) {
        return settings(
                Optional.of(Interval.parse(every)), Optional.empty(), List.of(), List.of(), Optional.empty(), Map.of());
    }

    static Policy escalation(String after, Channel channel) {
        var escalation = new Escalation(Interval.parse(after), List.of(channel));
        return settings(Optional.empty(), Optional.of(escalation), List.of(), List.of(), Optional.empty(), Map.of());
    }

    /** Quiet at night. */
    static Policy quietHours(String from, String to, Optional<Status> except) {
        var hours = new QuietHours(List.of(), LocalTime.parse(from), LocalTime.parse(to), ZONE, except);
        return settings(Optional.empty(), Optional.empty(), List.of(hours), List.of(), Optional.empty(), Map.of());
    }

    static Policy maintenance(Instant from, Instant to) {
        var maintenance = new Maintenance(from, to, Optional.empty());
        return settings(
                Optional.empty(), Optional.empty(), List.of(), List.of(maintenance), Optional.empty(), Map.of());
    }

    /** A daily summary. */
    static Policy digest(String at, Status upTo) {
        var digest = new Digest(Optional.empty(), LocalTime.parse(at), ZONE, upTo);
        return settings(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.of(digest), Map.of());
    }

    static Policy levels(Map<String, Status> levels) {
        return settings(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty(), levels);
    }

    static Policy mostAtOnce(int most) {
        return new Policy(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.of(most));
    }

    private static Policy settings(
            Optional<Interval> remindEvery,
            Optional<Escalation> escalation,
            List<QuietHours> quietHours,
            List<Maintenance> maintenance,
            Optional<Digest> digest,
            Map<String, Status> levels) {
        return new Policy(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                remindEvery,
                escalation,
                quietHours,
                maintenance,
                digest,
                levels,
                Optional.empty());
    }
}
