package dev.certtide.registry;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Standings;
import dev.certtide.kit.TargetMargins;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.Policy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A target is on the schedule if and only if somebody wants to hear of it. */
final class TargetSchedule {
    private final Config config;
    private final Results results;
    private final Standings standings;
    private final TargetMargins margins;

    TargetSchedule(Config config, Results results, Standings standings, TargetMargins margins) {
        this.config = config;
        this.results = results;
        this.standings = standings;
        this.margins = margins;
    }

    /**
     * Puts a target on the schedule or takes it off, as its watches want it.
     *
     * @return whether it is in trouble
     */
    boolean settle(Target target) {
        if (isWanted(target)) {
            return add(target);
        }
        config.unschedule(target);
        // Somebody may have added a watch, and found the target scheduled, just before it was taken off.
        if (!isWanted(target)) {
            return trouble(target).isPresent();
        }
        boolean isTrouble = add(target);
        margins.settle(target); // They went with the target.
        return isTrouble;
    }

    /**
     * Puts a target on the schedule that somebody wants to hear of.
     *
     * <p>Taking a target off the schedule takes the mark of its incident with it. Without the mark no good result would
     * reach the incident: it would stay open, and the next trouble would pass for the one that was told already. What
     * was known of it goes as well, and comes back from its latest result and the leaves that it has served; after a
     * crash in between with the repetition, or else with the next result, since what the schedule does not know is told.
     *
     * @return whether it is in trouble
     */
    boolean add(Target target) {
        // The schedule first, then a look for results: a first one is kept the other way round, so one sees the other.
        if (config.schedule(target) || !config.hasOutcome(target)) {
            results.latest(target)
                    .filter(latest -> !config.isSettled(latest))
                    .ifPresent(latest -> config.settle(latest, Optional.of(results.leaves(target))));
        }
        var trouble = trouble(target);
        trouble.ifPresent(standing -> config.markIncident(target, standing.id()));
        return trouble.isPresent();
    }

    /**
     * Has the schedule know when an owner wants to hear of the ends of certificates. A crash before it may leave margins
     * of a watch that is gone: they cost messages, and go with the next change.
     *
     * @param targets those of which the owner's watches were written, each with the policies that the watch had and has
     */
    void settleMargins(Owner owner, Map<Target, Set<Policy>> targets) {
        margins.settle(owner, targets);
    }

    /** By the standard, or to somebody who wants to hear of a certificate's end earlier. */
    private Optional<Standing> trouble(Target target) {
        return standings
                .of(target)
                .filter(standing ->
                        !standing.isWell() || !standings.causes(target).isEmpty());
    }

    private boolean isWanted(Target target) {
        return config.watches(target).stream().anyMatch(watch -> !watch.paused());
    }
}
