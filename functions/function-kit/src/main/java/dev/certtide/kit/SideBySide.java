package dev.certtide.kit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Works on many things side by side, so many at a time, and on those that have the same key one after the other, in their
 * order. Most work is waiting for a table.
 */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Does {@code work} for each thing. Where it fails, the rest of the same key is left; other keys are not.
     *
     * @param atOnce how many at a time, 1 or more
     * @throws RuntimeException the first failure, with the others suppressed, after all others are done
     * @throws IllegalStateException when the thread is interrupted: what was begun is interrupted, too, and has ended
     */
    public static <T, K> void each(Collection<T> things, Function<T, K> key, int atOnce, Consumer<T> work) {
        var groups = new ConcurrentLinkedQueue<>(things.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values());
        var failures = new ConcurrentLinkedQueue<Throwable>();
        int workers = Math.min(atOnce, groups.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < workers; i++) {
                threads.execute(() -> work(groups, work, failures));
            }
        }
        throwFirst(failures);
        if (!groups.isEmpty()) {
            throw new IllegalStateException("Interrupted before all was done");
        }
    }

    private static <T> void work(
            ConcurrentLinkedQueue<List<T>> groups, Consumer<T> work, Collection<Throwable> failures) {
        while (!Thread.currentThread().isInterrupted()) {
            var group = groups.poll();
            if (group == null) {
                return;
            }
            try {
                group.forEach(work);
            } catch (RuntimeException | Error failed) {
                failures.add(failed);
            }
        }
    }

    private static void throwFirst(Collection<Throwable> failures) {
        var others = new ArrayDeque<>(failures);
        var first = others.poll();
        others.forEach(other -> first.addSuppressed(other));
        switch (first) {
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> {}
        }
    }
}
