package dev.certtide.benchmarks;

import dev.certtide.model.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes from publishing a URL until its result is stored, and how many URLs pass in a second: the whole path
 * on this machine, with real TLS to local servers.
 *
 * <p>Latency is measured one URL at a time, throughput with all of them at once. Both after a warm-up of the same kind.
 */
public final class PublishToStored {
    private static final long POLL_NANOS = 500_000;
    /** Reading the whole table is work for the engine that is measured: seldom, at the price of this resolution. */
    private static final long SCAN_NANOS = 250_000_000;

    private PublishToStored() {}

    /** Arguments: the number of URLs per round (1,000). */
    public static void main(String... arguments) throws IOException {
        int urls = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
        try (var stage = Stage.start(4 * urls)) {
            atOnce(stage, stage.take(urls));
            oneByOne(stage, stage.take(Math.min(urls, 200)));
            System.out.printf(
                    "%,d URLs per round, %d processors, Java %s%n",
                    urls, Runtime.getRuntime().availableProcessors(), Runtime.version());
            print("one at a time", oneByOne(stage, stage.take(urls)));
            print("all at once", atOnce(stage, stage.take(urls)));
        }
    }

    /** What a round measured. */
    private record Round(long[] nanos, long total, double cpuSeconds) {}

    private static Round oneByOne(Stage stage, List<Target> targets) {
        var nanos = new long[targets.size()];
        var cpu = stage.cpuSeconds();
        var began = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            var published = System.nanoTime();
            stage.publish(List.of(targets.get(i)));
            while (!stage.isStored(targets.get(i))) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            nanos[i] = System.nanoTime() - published;
        }
        return new Round(nanos, System.nanoTime() - began, stage.cpuSeconds() - cpu);
    }

    private static Round atOnce(Stage stage, List<Target> targets) {
        var cpu = stage.cpuSeconds();
        var began = System.nanoTime();
        var publishedAt = new HashMap<String, Long>();
        targets.forEach(target -> publishedAt.put(target.id(), began));
        stage.publish(targets);
        var nanos = new ArrayList<Long>();
        while (nanos.size() < targets.size()) {
            LockSupport.parkNanos(SCAN_NANOS);
            for (var id : stage.storedSince()) {
                if (publishedAt.remove(id) != null) {
                    nanos.add(System.nanoTime() - began);
                }
            }
        }
        return new Round(
                nanos.stream().mapToLong(Long::longValue).toArray(),
                System.nanoTime() - began,
                stage.cpuSeconds() - cpu);
    }

    private static void print(String name, Round round) {
        Arrays.sort(round.nanos());
        System.out.printf(
                "%-14s publish to stored: p50 %,.1f ms, p99 %,.1f ms; %,.0f URLs/s; %.2f ms CPU per URL%n",
                name,
                percentile(round.nanos(), 50) / 1e6,
                percentile(round.nanos(), 99) / 1e6,
                round.nanos().length / (round.total() / 1e9),
                round.cpuSeconds() * 1e3 / round.nanos().length);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
