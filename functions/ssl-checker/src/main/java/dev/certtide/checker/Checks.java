package dev.certtide.checker;

import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.probe.TlsChecker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Checks many targets at once. */
final class Checks {
    private final TlsChecker checker;
    private final Politeness politeness;
    private final InstantSource clock;

    /** @param checker one that asks {@code politeness} for its turns */
    Checks(TlsChecker checker, Politeness politeness, InstantSource clock) {
        this.checker = checker;
        this.politeness = politeness;
        this.clock = clock;
    }

    /**
     * What checking some targets came to.
     *
     * @param checked those that were checked
     * @param unfinished those for which there was no time
     */
    record Round(List<Checked> checked, List<RecheckDue.Due> unfinished) {
        /** @throws IllegalStateException when some are unfinished */
        void requireAll() {
            if (!unfinished.isEmpty()) {
                throw new IllegalStateException("There was no time to check %d of %d targets"
                        .formatted(unfinished.size(), unfinished.size() + checked.size()));
            }
        }
    }

    /**
     * Checks the targets; takes as long as the slowest. One whose turn comes so late that it might not end in time is
     * not begun.
     *
     * @param end when all must be over, as {@link System#nanoTime} counts
     */
    Round of(List<RecheckDue.Due> targets, long end) {
        long latestBegin = end - checker.deadline().toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = executor.invokeAll(
                    targets.stream().map(due -> task(due, latestBegin)).toList(),
                    end - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
            var checked = new ArrayList<Checked>();
            var unfinished = new ArrayList<RecheckDue.Due>();
            for (int i = 0; i < targets.size(); i++) {
                outcome(outcomes.get(i)).ifPresentOrElse(checked::add, add(unfinished, targets.get(i)));
            }
            return new Round(checked, unfinished);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before all targets were checked", interrupted);
        }
    }

    private static Runnable add(List<RecheckDue.Due> list, RecheckDue.Due due) {
        return () -> list.add(due);
    }

    private Callable<Checked> task(RecheckDue.Due due, long latestBegin) {
        return () -> ScopedValue.where(Politeness.LATEST_BEGIN, latestBegin).call(() -> {
            try (var _ = politeness.enter(due.target().host())) {
                return new Checked(due, checker.check(due.target(), due.known().orElse(Known.NOTHING), clock));
            }
        });
    }

    private static Optional<Checked> outcome(Future<Checked> future) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (CancellationException outOfTime) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NoTurnException) {
                return Optional.empty();
            }
            throw new IllegalStateException("A check failed", failed.getCause());
        }
    }
}
