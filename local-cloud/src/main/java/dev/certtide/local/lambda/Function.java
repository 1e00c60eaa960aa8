package dev.certtide.local.lambda;

import dev.certtide.local.meter.Meter;
import dev.certtide.local.template.FunctionSpec;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One function. As in Lambda a handler object serves one event at a time; another is made when all are busy, and those
 * that are idle are used again, the most recent first.
 */
final class Function {
    private final FunctionSpec spec;
    private final Supplier<Handler> maker;
    private final ExecutorService threads;
    private final Consumer<String> log;
    private final Meter meter;
    private final ConcurrentLinkedDeque<Handler> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore concurrency;

    Function(FunctionSpec spec, Supplier<Handler> maker, ExecutorService threads, Consumer<String> log, Meter meter) {
        this.meter = meter;
        this.spec = spec;
        this.maker = maker;
        this.threads = threads;
        this.log = log;
        concurrency = new Semaphore(spec.reservedConcurrency().orElse(1_000));
    }

    /** Makes a first handler, so that the first event finds one. */
    void preload() {
        idle.addFirst(maker.get());
    }

    /**
     * Invokes the function, and waits while as many invocations run as are allowed.
     *
     * @throws FunctionException if it throws, or does not finish within its timeout
     */
    byte[] invoke(byte[] event) {
        try {
            concurrency.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionException(spec.name() + " was interrupted", e);
        }
        try {
            long began = System.nanoTime();
            try {
                return run(event);
            } finally {
                meter.invocation(spec.name(), spec.memoryMegabytes(), System.nanoTime() - began);
            }
        } finally {
            concurrency.release();
        }
    }

    private byte[] run(byte[] event) {
        var invocation = new Invocation(spec, log);
        var answer = threads.submit(() -> {
            var ready = idle.pollFirst();
            var handler = ready != null ? ready : maker.get();
            try {
                return handler.handle(event, invocation);
            } finally {
                // One that threw is used again, as in Lambda; one that ran out of time is given up with its
                // environment.
                if (invocation.getRemainingTimeInMillis() > 0) idle.addFirst(handler);
            }
        });
        try {
            return answer.get(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failure(
                    "Task timed out after %.2f seconds".formatted(spec.timeout().toMillis() / 1000.0), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause().toString(), e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        }
    }

    private FunctionException failure(String what, Throwable cause) {
        log.accept("ERROR " + what);
        return new FunctionException(spec.name() + ": " + what, cause);
    }
}
