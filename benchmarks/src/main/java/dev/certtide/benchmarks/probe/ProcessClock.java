package dev.certtide.benchmarks.probe;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has used until now: the garbage collector's and the compiler's threads are in it.
 *
 * @param systemNanos part of {@code cpuNanos}, in steps of 10 ms, as {@code /proc/self/stat} counts
 */
record ProcessClock(long wallNanos, long cpuNanos, long systemNanos) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** USER_HZ, which Linux has fixed for all programs. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Field 15 of proc(5)'s stat, counted after the name in brackets, which is field 2. */
    private static final int SYSTEM_TICKS = 15 - 3;

    static ProcessClock read() {
        String[] stat = text("stat").replaceFirst("(?s).*\\) ", "").split(" ");
        return new ProcessClock(
                System.nanoTime(), SYSTEM.getProcessCpuTime(), Long.parseLong(stat[SYSTEM_TICKS]) * NANOS_PER_TICK);
    }

    /** The round of these checks that ends now and began here. */
    Round until(ProcessClock end, long checks, long failures) {
        long system = end.systemNanos - systemNanos;
        return new Round(
                checks,
                failures,
                end.wallNanos - wallNanos,
                Math.max(0, end.cpuNanos - cpuNanos - system),
                system,
                residentKiB());
    }

    private static long residentKiB() {
        return text("status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of("/proc/self", file));
        } catch (IOException e) {
            throw new UncheckedIOException("only Linux tells what a process has used in /proc/self/" + file, e);
        }
    }
}
