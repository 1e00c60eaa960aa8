package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time of the virtual machine's own threads until now, which no profile samples. In steps of 10 ms.
 *
 * @param compilerNanos of C1 and C2
 * @param collectorNanos of the thread that collects garbage, and does little else, with the serial collector
 */
public record VmThreads(long compilerNanos, long collectorNanos) {
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Fields 14 and 15 of proc(5)'s stat, counted after the name in brackets, which is field 2. */
    private static final int USER_TICKS = 14 - 3;

    /** Until now. */
    public static VmThreads read() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.map(VmThreads::of).reduce(new VmThreads(0, 0), VmThreads::plus);
        } catch (IOException e) {
            throw new UncheckedIOException("only Linux tells what threads have used", e);
        }
    }

    /** Since then. */
    public VmThreads since(VmThreads earlier) {
        return new VmThreads(
                Math.max(0, compilerNanos - earlier.compilerNanos),
                Math.max(0, collectorNanos - earlier.collectorNanos));
    }

    private VmThreads plus(VmThreads other) {
        return new VmThreads(compilerNanos + other.compilerNanos, collectorNanos + other.collectorNanos);
    }

    private static VmThreads of(Path thread) {
        String stat;
        try {
            stat = Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            return new VmThreads(0, 0); // It has ended since.
        }
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long nanos = (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * NANOS_PER_TICK;
        return switch (name) {
            case "C1 CompilerThre", "C2 CompilerThre" -> new VmThreads(nanos, 0);
            case "VM Thread" -> new VmThreads(0, nanos);
            default -> new VmThreads(0, 0);
        };
    }
}
