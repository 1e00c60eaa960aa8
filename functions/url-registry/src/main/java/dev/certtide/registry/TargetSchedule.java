package dev.certtide.registry;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Standings;
import dev.certtide.kit.TargetMargins;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.EagerMargins;
import java.util.Map;
import java.util.Optional;

/**
 * A target is on the schedule if and only if somebody wants to hear of it.
 *
 * <p>Watches are written before the schedule is, and whoever has put a target on it, or taken it off, looks at the watches
 * once more. So of several who do so at the same time the last one has seen what all watches come to.
 */
final class TargetSchedule {
    private static final int MOST_ATTEMPTS = 10;

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
        if (!isWanted(target)) {
            return takeOff(target);
        }
        // Somebody may have died between taking it off and putting it back.
        return config.isScheduled(target) ? add(target) : lookAgain(target, putBack(target));
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
        return lookAgain(target, put(target, EagerMargins.NONE));
    }

    /** Who stopped to watch before it was there has taken off nothing. It is one read, and only of what is new there. */
    private boolean lookAgain(Target target, boolean isNew) {
        return isNew && !isWanted(target) ? takeOff(target) : mark(target);
    }

    private boolean takeOff(Target target) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            config.unschedule(target);
            if (!isWanted(target)) {
                return trouble(target).isPresent();
            }
            // Somebody has added a watch, and found the target scheduled, just before it was taken off.
            if (!putBack(target) || isWanted(target)) {
                return mark(target);
            }
        }
        throw new IllegalStateException("The watches of " + target + " come and go all the time");
    }

    /**
     * What others want to hear went with the target, and comes back in the write that puts it back.
     *
     * @return whether it may not have been there
     */
    private boolean putBack(Target target) {
        boolean isNew = put(target, margins.wanted(target));
        margins.settle(target); // Of what was written meanwhile.
        return isNew;
    }

    private boolean put(Target target, EagerMargins eager) {
        // The schedule first, then a look for results: a first one is kept the other way round, so one sees the other.
        var scheduled = config.schedule(target, eager);
        if (!scheduled.hasOutcome()) {
            results.latest(target)
                    .filter(latest -> !config.isSettled(latest))
                    .ifPresent(latest -> config.settle(latest, Optional.of(results.leaves(target))));
        }
        return scheduled.isNew();
    }

    private boolean mark(Target target) {
        var trouble = trouble(target);
        trouble.ifPresent(standing -> config.markIncident(target, standing.id()));
        return trouble.isPresent();
    }

    /**
     * Has the schedule know when an owner wants to hear of the ends of certificates. A crash before it may leave margins
     * of a watch that is gone: they cost messages, and go with the next change.
     *
     * @param targets those of which the owner's watches were written
     */
    void settleMargins(Owner owner, Map<Target, TargetMargins.Change> targets) {
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
