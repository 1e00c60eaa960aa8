package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the CPU time of this process goes, by the phases of a check. */
final class CpuProfile implements AutoCloseable {
    private static final String PERIOD = "2ms";
    private static final int HOT_FRAMES = 20;

    private final CpuSamples samples = CpuSamples.every(PERIOD);

    private CpuProfile() {}

    static CpuProfile start() {
        return new CpuProfile();
    }

    /** Begins anew: see {@link CpuSamples#forget}. */
    void forget() {
        samples.forget();
    }

    /** Ends the profile of this round, and says in lines for people what was seen. */
    List<String> stop(Round round) throws IOException {
        Times times = new Times();
        VmThreads own = samples.stop(times::add);
        return times.lines(round, own);
    }

    @Override
    public void close() {
        samples.close();
    }

    /** CPU time in nanoseconds, by phase and by innermost frame. */
    private static final class Times {
        private final Map<Phase, Long> byPhase = new EnumMap<>(Phase.class);
        private final Map<String, Long> byFrame = new HashMap<>();
        private long sampled;

        void add(List<String> frames, long nanos) {
            Phase phase = Phase.of(frames);
            byPhase.merge(phase, nanos, Long::sum);
            if (!frames.isEmpty()) {
                byFrame.merge(
                        frames.getFirst() + "  (" + phase.name().toLowerCase(Locale.ROOT) + ")", nanos, Long::sum);
            }
            sampled += nanos;
        }

        List<String> lines(Round round, VmThreads own) {
            double used = round.userNanos() + round.systemNanos();
            List<String> lines = new ArrayList<>();
            byPhase.forEach((phase, nanos) -> lines.add(line(phase.title(), nanos, used, round.checks())));
            double rest = Math.max(0, used - sampled - own.compilerNanos() - own.collectorNanos());
            lines.add(line("the virtual machine's compiler", own.compilerNanos(), used, round.checks()));
            lines.add(line("garbage collection", own.collectorNanos(), used, round.checks()));
            lines.add(line("not sampled", rest, used, round.checks()));
            lines.add("innermost frames:");
            byFrame.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                    .limit(HOT_FRAMES)
                    .map(frame -> line(frame.getKey(), frame.getValue(), used, round.checks()))
                    .forEach(lines::add);
            return lines;
        }

        private static String line(String what, double nanos, double used, long checks) {
            return String.format(Locale.ROOT, "%5.1f %%  %.4f ms  %s", 100 * nanos / used, nanos / 1e6 / checks, what);
        }
    }
}
