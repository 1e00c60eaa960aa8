package dev.certtide.benchmarks.scale;

import dev.certtide.benchmarks.probe.CpuSamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where this process uses CPU time, by whose code it is. Stacks of the AWS SDK are deeper than 64 frames: run with
 * {@code -XX:FlightRecorderOptions=stackdepth=256}, or much of it belongs to nobody.
 */
final class CpuByPlace implements AutoCloseable {
    private static final String PERIOD = "5ms";
    private static final String SDK = "software.amazon.awssdk.";

    private final CpuSamples samples = CpuSamples.every(PERIOD);
    private final Map<Place, Long> nanos = new EnumMap<>(Place.class);
    private long sdk;

    private CpuByPlace() {}

    static CpuByPlace start() {
        return new CpuByPlace();
    }

    /**
     * Ends the profile, and says as lines of a table what was seen.
     *
     * @param used by what was profiled
     * @param checks that this was
     */
    List<String> stop(Used used, double checks) throws IOException {
        var own = samples.stop(this::add);
        var lines = new ArrayList<String>();
        long rest = used.here() - own.compilerNanos() - own.collectorNanos();
        for (var place : Place.values()) {
            long here = nanos.getOrDefault(place, 0L);
            lines.add(line(place.title(), here, used, checks));
            rest -= here;
        }
        lines.add(line("the virtual machine's compiler", own.compilerNanos(), used, checks));
        lines.add(line("garbage collection", own.collectorNanos(), used, checks));
        lines.add(line("not sampled", Math.max(0, rest), used, checks));
        lines.add(line("the table engine, a process of its own", used.tables(), used, checks));
        lines.add(line("*inside the AWS SDK, whoever called it*", sdk, used, checks));
        return lines;
    }

    private void add(List<String> frames, long period) {
        nanos.merge(Place.of(frames), period, Long::sum);
        if (frames.stream().anyMatch(frame -> frame.startsWith(SDK))) {
            sdk += period;
        }
    }

    private static String line(String what, long nanos, Used used, double checks) {
        return String.format(
                Locale.ROOT, "| %s | %.4f | %.1f %% |", what, nanos / 1e6 / checks, 100.0 * nanos / used.cpu());
    }

    @Override
    public void close() {
        samples.close();
    }
}
