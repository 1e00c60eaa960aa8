package dev.certtide.failures;

import dev.certtide.failures.IncidentSteps.Change;
import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.Incidents;
import dev.certtide.kit.Timers;
import dev.certtide.model.Owner;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.IncidentAnswered;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at an incident whenever something happens to it, or its time has come, and has told what is decided then. Each
 * step is written down before the next: after a crash, the repetition goes on where it stopped.
 */
final class IncidentLooks {
    /** The kind of timer that has an incident looked at. */
    static final String TIMER = "incident";

    /** Each try fails only because somebody else's write succeeded. */
    private static final int MOST_TRIES = 20;

    private final Incidents incidents;
    private final OwnerPolicies policies;
    private final BrokenChannels broken;
    private final Voice voice;
    private final Summaries summaries;
    private final Timers timers;
    private final InstantSource clock;

    IncidentLooks(
            Incidents incidents,
            OwnerPolicies policies,
            BrokenChannels broken,
            Voice voice,
            Summaries summaries,
            Timers timers,
            InstantSource clock) {
        this.incidents = incidents;
        this.policies = policies;
        this.broken = broken;
        this.voice = voice;
        this.summaries = summaries;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Something happened.
     *
     * @return whether that made a difference to the incident
     */
    boolean change(Owner owner, Cause cause, Change change) {
        for (int i = 0; i < MOST_TRIES; i++) {
            var before = incidents.find(owner, cause.id());
            var next = IncidentSteps.next(before, owner, cause, change);
            if (next.isEmpty()) {
                return false;
            }
            boolean isOther = !next.equals(before);
            if (!isOther || put(before, next.get())) {
                look(owner, cause.id());
                return isOther;
            }
        }
        throw busy(owner, cause.id());
    }

    private static IllegalStateException busy(Owner owner, String cause) {
        return new IllegalStateException(
                "The incident of " + owner + " from " + cause + " is being written by many at once");
    }

    /** A person said something; nothing if the incident is over, or another. */
    void answer(IncidentAnswered answered) {
        incidents
                .find(answered.owner(), answered.cause())
                .filter(incident -> incident.id().equals(answered.incident()))
                .ifPresent(
                        incident -> change(incident.owner(), incident.cause(), new Change.Answered(answered.answer())));
    }

    /** It was ended, but a target still has it. */
    void reopen(Owner owner, Cause cause) {
        incidents
                .find(owner, cause.id())
                .filter(incident -> !incident.isOpen())
                .ifPresent(incident -> change(
                        owner,
                        cause,
                        new Change.Seen(
                                incident.target(),
                                incident.level(),
                                incident.findings(),
                                incident.leaf(),
                                incident.channels(),
                                incident.resolvedAt().orElseThrow())));
    }

    /** The time has come to look again. */
    void look(TimerDue timer) {
        look(new Owner(timer.data().get("owner")), timer.data().get("cause"));
    }

    private void look(Owner owner, String cause) {
        var found = incidents.find(owner, cause);
        for (int i = 0; found.isPresent(); i++) {
            if (i == MOST_TRIES) {
                throw busy(owner, cause);
            }
            var incident = found.get();
            var ledger = incidents.ledger(incident);
            var known = situation(
                    incident, ledger.stream().map(Incidents.Recorded::decision).toList());
            if (ledger.stream().anyMatch(Incidents.Recorded::isPending)) {
                // Whoever began it may not have recorded yet who else is told the same.
                var all = Decisions.decide(known, clock.instant()).decisions();
                voice.finish(ledger, known.with(all));
            }
            var situation = known.waiting(summaries.waiting(incident, known.ledger()));
            var plan = Decisions.decide(situation, clock.instant());
            var decided = situation.with(plan.decisions());
            plan.decisions().forEach(decision -> voice.carryOut(decision, decided));
            if (plan.isOver() && !incident.isClosed()) {
                put(
                        found,
                        IncidentSteps.next(found, owner, incident.cause(), new Change.Closed())
                                .orElseThrow());
            }
            look(incident, plan.next());
            // Whoever changed it meanwhile has not seen what was told just now.
            var again = incidents.find(owner, cause);
            if (again.equals(found)) {
                return;
            }
            found = again;
        }
    }

    private Situation situation(Incident incident, List<Decision> ledger) {
        return new Situation(
                policies.of(incident),
                incident,
                policies.isWatched(incident),
                ledger,
                List.of(),
                broken.of(incident.owner()));
    }

    private void look(Incident incident, Optional<Instant> next) {
        var id = TIMER + "/" + incident.owner() + "/" + incident.cause().id();
        var data =
                Map.of("owner", incident.owner().id(), "cause", incident.cause().id());
        next.ifPresentOrElse(at -> timers.set(new TimerDue(id, TIMER, at, data)), () -> timers.cancel(id));
    }

    /** What happened is recorded first: a step too many is told once the write is repeated, one too few never. */
    private boolean put(Optional<Incident> before, Incident next) {
        Story.of(before, next, clock.instant()).forEach(step -> incidents.record(next, step.at(), step.what()));
        return incidents.put(next, before);
    }
}
