package dev.certtide.failures;

import dev.certtide.kit.Incidents;
import dev.certtide.kit.Queue;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Decision.Outcome;
import dev.certtide.model.incident.Incident;
import java.time.Instant;
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
     *
     * @param situation with all that was decided, this too
     */
    void carryOut(Decision decided, Situation situation) {
        var incident = situation.incident();
        var counted = isLimited(decided) ? count(incident, decided) : Optional.<Bursts.Counted>empty();
        var decision = counted.flatMap(Bursts.Counted::until)
                .map(until -> gathered(incident, decided, until))
                .orElse(decided);
        if (!decision.isTold()) {
            incidents.record(incident, decision);
        } else if (incidents.intend(incident, decision)) {
            handOver(decision, situation);
        } else {
            counted.ifPresent(bursts::takeBack);
        }
    }

    /** Finishes what an invocation that died may not have: the key is the same. */
    void finish(List<Incidents.Recorded> ledger, Situation situation) {
        ledger.stream()
                .filter(Incidents.Recorded::isPending)
                .forEach(recorded -> handOver(recorded.decision(), situation));
    }

    private void handOver(Decision decision, Situation situation) {
        var members = members(situation.incident());
        var incident = IncidentSteps.about(situation.incident(), members);
        if (decision.outcome() == Outcome.GATHERED) {
            summaries.gather(incident, decision, Others.of(decision, situation));
        } else {
            notifications.send(List.of(message(notification(decision, situation, incident, members))));
        }
        incidents.carriedOut(situation.incident(), decision);
    }

    /** That somebody is at it disturbs nobody. */
    private static boolean isLimited(Decision decision) {
        return decision.outcome() == Outcome.TOLD && decision.kind() != Kind.ACKNOWLEDGED;
    }

    private Optional<Bursts.Counted> count(Incident incident, Decision decision) {
        return policies.of(incident)
                .atOnce(decision.channel())
                .map(most -> bursts.count(incident.owner(), decision.channel(), most));
    }

    /** A channel that gets too much gets the rest as one summary, which waits for the end of hours that begin meanwhile. */
    private Decision gathered(Incident incident, Decision decision, Instant until) {
        var calm = Rules.calm(decision, policies.of(incident), until.plus(Summaries.MARGIN))
                .minus(Summaries.MARGIN);
        return decision.as(Outcome.GATHERED, "too-many", Optional.of(calm));
    }

    /** The targets that have it now, if several may. */
    private List<Target> members(Incident incident) {
        return incident.cause().target().isPresent() ? List.of() : incidents.members(incident);
    }

    private Notification notification(Decision decision, Situation situation, Incident incident, List<Target> members) {
        var reach = Others.of(decision, situation);
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
                isOver(decision, incident) ? List.of() : incident.findings(),
                incident.leaf(),
                named,
                others.size() - named.size(),
                List.of(),
                0,
                decision.kind() == Kind.ACKNOWLEDGED ? List.of() : reach.fallbacks(),
                Optional.empty(),
                reach.alsoTold(),
                Alarms.before(decision, situation.ledger()),
                Optional.empty());
    }

    /** Whether it was seen to be over. Who closes an incident by hand may be wrong. */
    private static boolean isOver(Decision decision, Incident incident) {
        boolean isByHand = incident.answer()
                .filter(answer -> answer.kind() == Incident.Answer.Kind.RESOLVED)
                .isPresent();
        return decision.kind() == Kind.RECOVERED && !isByHand;
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
