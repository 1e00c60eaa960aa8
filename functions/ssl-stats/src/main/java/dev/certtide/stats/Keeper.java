package dev.certtide.stats;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.SideBySide;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps results, and has the schedule carry what they came to. */
final class Keeper {
    /** Results that are worked on at once: each is two requests or more, one after the other. */
    private static final int RESULTS_AT_ONCE = 8;

    private final Results results;
    private final Config config;

    Keeper(Results results, Config config) {
        this.results = results;
        this.config = config;
    }

    /**
     * Keeps results, those of one target in their order.
     *
     * @throws RuntimeException when one could not be kept or settled; the others were, but for later ones of its target
     */
    void keep(List<CheckResult> all) {
        Set<Target> unchecked = ConcurrentHashMap.newKeySet();
        unchecked.addAll(
                results.withoutResult(all.stream().map(CheckResult::target).toList()));
        SideBySide.each(
                all,
                CheckResult::target,
                RESULTS_AT_ONCE,
                result -> keep(result, unchecked.remove(result.target())));
    }

    /**
     * Keeps a result and settles the schedule with it; doing it again changes nothing.
     *
     * @throws RuntimeException when it could not be kept, or not be settled; the schedule does not claim that it was
     */
    private void keep(CheckResult result, boolean seemsFirst) {
        var schedule = scheduleOf(result);
        try {
            boolean isLatest = seemsFirst ? results.keepFirst(result, schedule) : results.keep(result, schedule);
            if (!isLatest) {
                // A newer one was faster, maybe after this one was settled.
                config.unsettle(result);
            }
        } catch (RuntimeException failed) {
            // As long as the schedule says that this is written down, checks that come to the same would not be told.
            takeBack(result, failed);
            throw failed;
        }
    }

    /** Out of time, it is called on a thread that was interrupted, on which no request can be made. */
    private void takeBack(CheckResult result, RuntimeException failed) {
        boolean isInterrupted = Thread.interrupted();
        try {
            config.unsettle(result);
        } catch (RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Results.Schedule scheduleOf(CheckResult result) {
        return new Results.Schedule() {
            @Override
            public Optional<Instant> scheduledAt(Target target) {
                return Optional.ofNullable(config.scheduledAt(List.of(target)).get(target));
            }

            @Override
            public void settle(Results.Keeping keeping) {
                Keeper.this.settle(result, keeping);
            }
        };
    }

    private void settle(CheckResult result, Results.Keeping keeping) {
        if (keeping.isLate()) {
            keeping.leaves().ifPresent(leaves -> config.remember(result.target(), leaves));
        } else if (keeping.isNews() || keeping.leaves().isPresent()) {
            config.settle(result, keeping.leaves());
        } else if (!config.isSettled(result)) {
            // Somebody has put the target back on the schedule meanwhile.
            config.settle(result, Optional.of(results.leaves(result.target())));
        }
    }
}
