package dev.certtide.cli;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Does many things at a time and hands over what came of them in their order. One that takes long holds up the output, and
 * not the work: it goes on with what follows, up to so many results ahead.
 */
final class InOrder<I, O> {
    private static final int RESULTS_AHEAD_PER_WORKER = 16;

    private final Function<I, O> work;
    private final Semaphore workers;
    private final ArrayBlockingQueue<Future<O>> results;
    private final Future<O> end = new CompletableFuture<>();

    /** @param parallel how many are done at a time, 1 or more */
    InOrder(int parallel, Function<I, O> work) {
        this.work = work;
        this.workers = new Semaphore(parallel);
        this.results = new ArrayBlockingQueue<>(parallel * RESULTS_AHEAD_PER_WORKER);
    }

    @FunctionalInterface
    interface Taker<I> {
        void take(I item) throws InterruptedException;
    }

    @FunctionalInterface
    interface Source<I> {
        void forEach(Taker<I> taker) throws InterruptedException;
    }

    /**
     * Goes through the source, on a thread of its own, until it ends or nobody wants more.
     *
     * @param wantsMore is given each result, in order, on the calling thread
     * @throws RuntimeException what the work or the source failed with
     */
    void run(Source<I> source, Predicate<O> wantsMore) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            // Not the executor's: a read of standard input cannot be interrupted, and nobody should wait for it.
            var reader = Thread.ofVirtual().start(() -> read(source, executor));
            try {
                for (var next = results.take(); next != end; next = results.take()) {
                    if (!wantsMore.test(valueOf(next))) {
                        return;
                    }
                }
            } finally {
                reader.interrupt();
                executor.shutdownNow();
            }
        }
    }

    private static <O> O valueOf(Future<O> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private void read(Source<I> source, ExecutorService executor) {
        try {
            try {
                source.forEach(item -> {
                    workers.acquire();
                    results.put(executor.submit(() -> doIt(item)));
                });
                results.put(end);
            } catch (RuntimeException | Error e) {
                // Whoever takes the results would wait for ever; an endless line, for example, exhausts the memory.
                results.put(CompletableFuture.failedFuture(e));
            }
        } catch (InterruptedException nobodyWantsMore) {
            Thread.currentThread().interrupt();
        }
    }

    private O doIt(I item) {
        try {
            return work.apply(item);
        } finally {
            workers.release();
        }
    }
}
