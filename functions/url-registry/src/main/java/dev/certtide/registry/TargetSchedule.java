package dev.certtide.registry;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.model.Incident;
import dev.certtide.model.Target;
import dev.certtide.model.history.LeafHistory;

/** A target is on the schedule if and only if somebody wants to hear of it. */
final class TargetSchedule {
    private final Config config;
    private final Results results;

    TargetSchedule(Config config, Results results) {
        this.config = config;
        this.results = results;
    }

    /** Puts a target on the schedule or takes it off, as its watches want it. */
    void settle(Target target) {
        if (isWanted(target)) {
            add(target);
            return;
        }
        config.unschedule(target);
        // Somebody may have added a watch, and found the target scheduled, just before it was taken off.
        if (isWanted(target)) {
            add(target);
        }
    }

    /**
     * Puts a target on the schedule that somebody wants to hear of.
     *
     * <p>Taking a target off the schedule takes the mark of its incident with it. Without the mark no good result would
     * reach the incident: it would stay open, and the next trouble would pass for the one that was told already. What
     * was known of it goes as well, and comes back from its latest result and the leaves that it has served: where there
     * is no result, there are no leaves.
     *
     * @return whether it is in trouble
     */
    boolean add(Target target) {
        var latest = results.latest(target);
        config.schedule(target, latest, latest.map(_ -> results.leaves(target)).orElse(LeafHistory.NONE));
        var incident = results.incident(target).filter(Incident::isOpen);
        incident.ifPresent(open -> config.markIncident(target, open.id()));
        return incident.isPresent();
    }

    private boolean isWanted(Target target) {
        return config.watches(target).stream().anyMatch(watch -> !watch.paused());
    }
}
