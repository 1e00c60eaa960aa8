package dev.certtide.checker;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.probe.TlsChecker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Checks many targets at once. */
final class Checks {
    /** Lambda gives an environment 1,024 file descriptors; the clients and the runtime need some of them. */
    private static final int MOST_IN_FLIGHT = 800;

    private final TlsChecker checker;
    private final InstantSource clock;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);

    Checks(TlsChecker checker, InstantSource clock) {
        this.checker = checker;
        this.clock = clock;
    }

    /**
     * A result, and whether the failures have to look at it.
     *
     * @param result what was found
     * @param attention true unless all is well and is known to have been
     */
    record Checked(CheckResult result, boolean attention) {}

    /** Checks all targets; takes as long as the slowest. */
    List<Checked> of(List<RecheckDue.Due> targets) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.invokeAll(targets.stream().map(this::task).toList()).stream()
                    .map(Checks::outcome)
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before all targets were checked", interrupted);
        }
    }

    private Callable<Checked> task(RecheckDue.Due due) {
        return () -> {
            inFlight.acquire();
            try {
                var result = checker.check(due.target(), due.known().orElse(Known.NOTHING), clock);
                return new Checked(result, due.incident() || result.status() != Status.OK);
            } finally {
                inFlight.release();
            }
        };
    }

    private static Checked outcome(Future<Checked> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A check failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before all targets were checked", interrupted);
        }
    }
}
