package dev.certtide.failures;

import dev.certtide.kit.Incidents;
import dev.certtide.kit.Queue;
import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Decision.Outcome;
import dev.certtide.model.incident.Incident;
import java.util.List;
import java.util.Optional;

/** Has told what was decided, and records it. */
final class Voice {
    private final Queue notifications;
    private final Incidents incidents;
    private final OwnerPolicies policies;
    private final Bursts bursts;
    private final Summaries summaries;

    Voice(Queue notifications, Incidents incidents, OwnerPolicies policies, Bursts bursts, Summaries summaries) {
        this.notifications = notifications;
        this.incidents = incidents;
        this.policies = policies;
        this.bursts = bursts;
        this.summaries = summaries;
    }

    /**
     * Tells, gathers or stays silent. It is recorded before it is handed over, and again after: a crash must not swallow
     * it, and whoever goes on must know that it may be told, whatever they would decide themselves by then.
     */
    void carryOut(Incident incident, Decision decided) {
        var decision = decided.outcome() == Outcome.TOLD ? limited(incident, decided) : decided;
        if (!decision.isTold()) {
            incidents.record(incident, decision);
            return;
        }
        if (incidents.intend(incident, decision)) {
            handOver(incident, decision);
        }
    }

    /** Finishes what an invocation that died may not have: the key is the same. */
    void finish(Incident incident, List<Incidents.Recorded> ledger) {
        ledger.stream()
                .filter(Incidents.Recorded::isPending)
                .forEach(recorded -> handOver(incident, recorded.decision()));
    }

    private void handOver(Incident known, Decision decision) {
        var members = members(known);
        var incident = IncidentSteps.about(known, members);
        if (decision.outcome() == Outcome.GATHERED) {
            summaries.gather(incident, decision, fallbacks(incident, decision.channel()));
        } else {
            notifications.send(List.of(message(notification(incident, members, decision))));
        }
        incidents.carriedOut(incident, decision);
    }

    /** A channel that gets too much gets the rest as one summary. */
    private Decision limited(Incident incident, Decision decision) {
        return policies.of(incident)
                .atOnce(decision.channel())
                .flatMap(most -> bursts.admit(incident.owner(), decision.channel(), most))
                .map(until -> decision.as(Outcome.GATHERED, "too-many", Optional.of(until)))
                .orElse(decision);
    }

    /** The targets that have it now, if several may. */
    private List<Target> members(Incident incident) {
        return incident.cause().target().isPresent() ? List.of() : incidents.members(incident);
    }

    private Notification notification(Incident incident, List<Target> members, Decision decision) {
        var others = members.stream()
                .filter(member -> !member.equals(incident.target()))
                .toList();
        var named = others.stream().limit(Notification.MOST_OTHERS).toList();
        return new Notification(
                key(incident, decision),
                decision.kind(),
                incident.owner(),
                decision.channel(),
                incident.target(),
                decision.status(),
                incident.id(),
                incident.since(),
                decision.at(),
                decision.kind() == Kind.RECOVERED ? List.of() : incident.findings(),
                incident.leaf(),
                named,
                others.size() - named.size(),
                List.of(),
                0,
                fallbacks(incident, decision.channel()),
                Optional.empty());
    }

    /** The same thing told over the same channel has the same key, whoever decides it and however often. */
    private static String key(Incident incident, Decision decision) {
        return String.join(
                "#",
                incident.id(),
                Integer.toString(decision.round()),
                decision.step(),
                Fingerprint.shortOf(decision.channel().id()));
    }

    private static List<Channel> fallbacks(Incident incident, Channel channel) {
        return incident.channels().stream()
                .filter(other -> !other.equals(channel))
                .toList();
    }

    static String message(Notification notification) {
        return CloudEvent.of(
                        EventType.NOTIFICATION_DECIDED,
                        notification.key(),
                        "ssl-failures",
                        notification.target().id(),
                        notification.at(),
                        Optional.empty(),
                        notification)
                .write();
    }
}
