package dev.certtide.checker;

import dev.certtide.kit.Log;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Target;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.probe.CheckRequest;
import dev.certtide.probe.TlsChecker;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Checks many targets at once. */
final class Checks {
    private final TlsChecker checker;
    private final Politeness politeness;
    private final InstantSource clock;
    private final Queue<Failure> untold = new ConcurrentLinkedQueue<>();

    /** @param checker one that asks {@code politeness} for its turns */
    Checks(TlsChecker checker, Politeness politeness, InstantSource clock) {
        this.checker = checker;
        this.politeness = politeness;
        this.clock = clock;
    }

    /** A check that did not come to a result, which is never the target's fault. */
    private record Failure(Target target, Throwable cause) {}

    /**
     * What checking some targets came to.
     *
     * @param checked those that were checked
     * @param unfinished those for which there was no time, those without roots, and those whose check failed
     * @param withoutRoots how many are to be checked by private roots that are not there, or not there yet: a new URL may
     *     come here before it is registered
     * @param failure why a check failed, if one did
     */
    record Round(
            List<Checked> checked, List<RecheckDue.Due> unfinished, int withoutRoots, Optional<Throwable> failure) {
        /**
         * @throws InvalidInputException when there is nothing but targets whose roots are not there
         * @throws IllegalStateException when some are unfinished for another reason
         */
        void requireAll() {
            if (withoutRoots > 0 && withoutRoots == unfinished.size()) {
                throw new InvalidInputException(
                        "data.targets",
                        "are to be checked by private roots that are not in Config (ROOTS#<name>); publish the URLs "
                                + "with their privateRoots again, then redrive this message");
            }
            if (!unfinished.isEmpty()) {
                throw new IllegalStateException(
                        "%d of %d targets were not checked: %s"
                                .formatted(
                                        unfinished.size(),
                                        unfinished.size() + checked.size(),
                                        failure.isPresent() ? "a check failed" : "there was no time"),
                        failure.orElse(null));
            }
        }
    }

    /**
     * Checks the targets; takes as long as the slowest. One whose turn comes so late that it might not end in time is
     * not begun.
     *
     * @param roots what is trusted for a target besides the public roots; throws {@link MissingRootsException}
     * @param end when all must be over, as {@link System#nanoTime} counts
     */
    Round of(List<RecheckDue.Due> targets, Function<Target, List<X509Certificate>> roots, long end) {
        long latestBegin = end - checker.deadline().toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = executor.invokeAll(
                    targets.stream().map(due -> task(due, roots, latestBegin)).toList(),
                    end - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
            var checked = new ArrayList<Checked>();
            var unfinished = new ArrayList<RecheckDue.Due>();
            int withoutRoots = 0;
            var failure = Optional.<Throwable>empty();
            for (int i = 0; i < targets.size(); i++) {
                switch (ending(outcomes.get(i))) {
                    case Ending.Done(Checked one) -> checked.add(one);
                    case Ending.OutOfTime _ -> unfinished.add(targets.get(i));
                    case Ending.WithoutRoots _ -> {
                        unfinished.add(targets.get(i));
                        withoutRoots++;
                    }
                    case Ending.Failed(Throwable cause) -> {
                        // Its neighbours have nothing to do with it.
                        unfinished.add(targets.get(i));
                        failure = Optional.of(cause);
                        untold.add(new Failure(targets.get(i).target(), cause));
                    }
                }
            }
            return new Round(checked, unfinished, withoutRoots, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before all targets were checked", interrupted);
        }
    }

    /** Logs the failures that have not been logged. */
    void tell(Log log) {
        for (var failure = untold.poll(); failure != null; failure = untold.poll()) {
            log.error("the check of " + failure.target() + " failed; it is tried again", failure.cause());
        }
    }

    private Callable<Checked> task(
            RecheckDue.Due due, Function<Target, List<X509Certificate>> roots, long latestBegin) {
        return () -> ScopedValue.where(Politeness.LATEST_BEGIN, latestBegin).call(() -> {
            var request = CheckRequest.of(due.target())
                    .knowing(due.known().orElse(Known.NOTHING))
                    .trusting(roots.apply(due.target()));
            try (var _ = politeness.enter(due.target().host())) {
                return new Checked(due, checker.examine(request, clock).result()).guessedAs(due.last());
            }
        });
    }

    private sealed interface Ending {
        record Done(Checked checked) implements Ending {}

        record OutOfTime() implements Ending {}

        record WithoutRoots() implements Ending {}

        record Failed(Throwable cause) implements Ending {}
    }

    private static Ending ending(Future<Checked> future) throws InterruptedException {
        try {
            return new Ending.Done(future.get());
        } catch (CancellationException outOfTime) {
            return new Ending.OutOfTime();
        } catch (ExecutionException failed) {
            return switch (failed.getCause()) {
                case NoTurnException _ -> new Ending.OutOfTime();
                case MissingRootsException _ -> new Ending.WithoutRoots();
                case Throwable other -> new Ending.Failed(other);
            };
        }
    }
}
