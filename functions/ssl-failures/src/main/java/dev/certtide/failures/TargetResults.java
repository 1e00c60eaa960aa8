package dev.certtide.failures;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Standings;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Standing;
import java.util.List;
import java.util.Optional;

/**
 * Takes results into account, one step at a time, so that a crash between any two steps leaves something that the
 * repetition of the same result finishes: mark, standing, what it means to the owners.
 */
final class TargetResults {
    /** Each try fails only because somebody else's write succeeded. */
    private static final int MOST_TRIES = 20;

    private final Results results;
    private final Standings standings;
    private final Config config;
    private final OwnersOfTarget owners;
    private final SecondLooks secondLooks;

    TargetResults(Results results, Standings standings, Config config, OwnersOfTarget owners, SecondLooks secondLooks) {
        this.results = results;
        this.standings = standings;
        this.config = config;
        this.owners = owners;
        this.secondLooks = secondLooks;
    }

    /** Takes a result into account, whenever and however often it comes. */
    void apply(CheckResult result) {
        var left = Optional.of(result);
        for (int i = 0; i < MOST_TRIES && left.isPresent(); i++) {
            left = step(left.get());
        }
        if (left.isPresent()) {
            throw busy(result.target());
        }
    }

    /** Takes a result into account; returns the one that is to be judged then, if it could not be or is not the newest. */
    private Optional<CheckResult> step(CheckResult result) {
        var current = standings.of(result.target());
        if (current.isEmpty() && result.status() == Status.OK && !concernsSomebody(result)) {
            return Optional.empty();
        }
        var next = StandingSteps.next(current, result, secondLooks.pause());
        if (next.isEmpty()) {
            settle(result.target()); // Whoever brought a newer one may have died before.
            return Optional.empty();
        }
        var news = newer(current, next.get(), result);
        if (news.isPresent()) {
            return news;
        }
        var standing = next.get();
        if (!standing.isWell()) {
            config.markIncident(standing.target(), standing.id());
        }
        if (!next.equals(current) && !standings.put(standing, current)) {
            return Optional.of(result); // Somebody else took a step meanwhile; it is judged again on top of that.
        }
        standing.suspicion().ifPresent(suspicion -> secondLooks.ask(standing, suspicion));
        settle(standing.target());
        return Optional.empty();
    }

    private static IllegalStateException busy(Target target) {
        return new IllegalStateException("The standing of " + target + " is being written by many at once");
    }

    /**
     * Whether somebody wants to hear of an ending that is no trouble by the standard. Most first results are good and
     * concern nobody, and come here because nothing is known of their targets: they are to cost a read or two.
     */
    private boolean concernsSomebody(CheckResult result) {
        return config.scheduled(List.of(result.target())).stream()
                .flatMap(due -> due.eager().stream())
                .anyMatch(margins -> margins.areReached(result));
    }

    /**
     * A newer result than one that is about to begin trouble. Good results leave no trace here, so an old bad one that
     * comes late would look like new trouble.
     */
    private Optional<CheckResult> newer(Optional<Standing> current, Standing next, CheckResult result) {
        var begins = !next.isWell() && current.filter(known -> !known.isWell()).isEmpty();
        return begins
                ? results.latest(result.target())
                        .filter(latest -> latest.checkedAt().isAfter(result.checkedAt()))
                : Optional.empty();
    }

    /** Has the owners' incidents, and the mark, agree with how a target stands. */
    void settle(Target target) {
        var standing = standings.of(target);
        var concerns = List.<OwnersOfTarget.Concern>of();
        for (int i = 0; standing.isPresent(); i++) {
            if (i == MOST_TRIES) {
                throw busy(target);
            }
            concerns = owners.of(standing.get(), concerns);
            boolean isTrouble =
                    !standing.get().isWell() || concerns.stream().anyMatch(OwnersOfTarget.Concern::isTrouble);
            if (isTrouble) {
                config.markIncident(target, standing.get().id());
            }
            owners.settle(concerns);
            if (!isTrouble) {
                config.clearIncident(target);
            }
            // Whoever took a step meanwhile has read what the owners had before it was settled here.
            var again = standings.of(target);
            if (again.equals(standing)) {
                return;
            }
            standing = again;
        }
    }
}
