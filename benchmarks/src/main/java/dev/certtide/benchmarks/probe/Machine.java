package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where the numbers come from. */
public final class Machine {
    /** The column of proc_stat(5). */
    private static final int STEAL = 8;

    private static final long TICK_NANOS = 10_000_000;

    private Machine() {}

    /** Processor, cores, kernel, and how busy the machine is with other things. */
    public static String description() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, Linux %s, load average %s when it began",
                processor(),
                cores(),
                System.getProperty("os.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    /** How long this core has been kept from this machine since it started, in nanoseconds: "steal", in hundredths of a second. */
    static long stolenNanos(int core) throws IOException {
        return Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(line -> line.startsWith("cpu" + core + " "))
                .mapToLong(line -> Long.parseLong(line.split(" +")[STEAL]) * TICK_NANOS)
                .findFirst()
                .orElse(0);
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
