package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the CPU time of this process goes, sampled by CPU time (JEP 509), so that waiting does not count and native code
 * does. Samples are of Java's threads; what the virtual machine's own threads use is the rest of the process's time.
 */
final class CpuProfile implements AutoCloseable {
    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final String PERIOD = "2ms";
    private static final int HOT_FRAMES = 20;

    private final Recording recording = new Recording();

    private CpuProfile() {}

    static CpuProfile start() {
        CpuProfile profile = new CpuProfile();
        profile.recording.enable(SAMPLE).with("throttle", PERIOD).withStackTrace();
        profile.recording.start();
        return profile;
    }

    /** Ends the profile of this round, and says in lines for people what was seen. */
    List<String> stop(Round round) throws IOException {
        recording.stop();
        Path file = Files.createTempFile("certtide-profile", ".jfr");
        try {
            recording.dump(file);
            return read(file).lines(round);
        } finally {
            Files.delete(file);
        }
    }

    private static Times read(Path file) throws IOException {
        Times times = new Times();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)) {
                    times.add(frames(event), event.getDuration("samplingPeriod").toNanos());
                }
            }
        }
        return times;
    }

    private static List<String> frames(RecordedEvent event) {
        return Optional.ofNullable(event.getStackTrace()).stream()
                .flatMap(trace -> trace.getFrames().stream())
                .map(CpuProfile::name)
                .toList();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    @Override
    public void close() {
        recording.close();
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

        List<String> lines(Round round) {
            double used = round.userNanos() + round.systemNanos();
            List<String> lines = new ArrayList<>();
            byPhase.forEach((phase, nanos) -> lines.add(line(phase.title(), nanos, used, round.checks())));
            double rest = Math.max(0, used - sampled);
            lines.add(line("the virtual machine's threads: compiler, garbage collector", rest, used, round.checks()));
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
