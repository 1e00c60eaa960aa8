package dev.certtide.benchmarks.scale;

import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The table engine by itself, so that what grows in it is not taken for ours.
 *
 * @param megabytes of its process, resident
 * @param readMillis CPU time of reading a thousand items of the schedule's index
 */
record TableEngine(long megabytes, double readMillis) {
    private static final int READS = 5;

    /** Reads the first minute of a fleet. */
    static TableEngine measure(Cloud cloud, Fleet fleet) throws IOException {
        int items = 0;
        var before = cloud.used();
        for (int i = 0; i < READS; i++) {
            for (int part = 0; part < Slot.PARTS; part++) {
                items += cloud.read(new Slot(Cadence.HOURLY, fleet.firstMinute(), part));
            }
        }
        var used = cloud.used().since(before);
        return new TableEngine(resident(cloud.tableEngine()) / 1024, used.tables() / 1e6 / items * 1000);
    }

    private static long resident(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d | %.1f", megabytes, readMillis);
    }
}
