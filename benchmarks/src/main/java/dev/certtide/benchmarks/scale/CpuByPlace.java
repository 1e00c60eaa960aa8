package dev.certtide.benchmarks.scale;

import dev.certtide.benchmarks.probe.VmThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where this process uses CPU time, sampled by CPU time (JEP 509). Stacks of the AWS SDK are deeper than 64 frames: run
 * with {@code -XX:FlightRecorderOptions=stackdepth=256}, or much of it belongs to nobody.
 */
final class CpuByPlace implements AutoCloseable {
    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final String PERIOD = "5ms";
    private static final String SDK = "software.amazon.awssdk.";

    private final Recording recording = new Recording();
    private final VmThreads before = VmThreads.read();
    private final Map<Place, Long> nanos = new EnumMap<>(Place.class);
    private long sdk;

    private CpuByPlace() {}

    static CpuByPlace start() {
        var profile = new CpuByPlace();
        profile.recording.enable(SAMPLE).with("throttle", PERIOD).withStackTrace();
        profile.recording.start();
        return profile;
    }

    /**
     * Ends the profile, and says as lines of a table what was seen.
     *
     * @param used by what was profiled
     * @param checks that this was
     */
    List<String> stop(Used used, double checks) throws IOException {
        var own = VmThreads.read().since(before);
        recording.stop();
        var file = Files.createTempFile("certtide-profile", ".jfr");
        try {
            recording.dump(file);
            read(file);
        } finally {
            Files.delete(file);
        }
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

    private void read(Path file) throws IOException {
        try (var events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                var event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)) {
                    var frames = frames(event);
                    long period = event.getDuration("samplingPeriod").toNanos();
                    nanos.merge(Place.of(frames), period, Long::sum);
                    if (frames.stream().anyMatch(frame -> frame.startsWith(SDK))) {
                        sdk += period;
                    }
                }
            }
        }
    }

    private static List<String> frames(RecordedEvent event) {
        return Optional.ofNullable(event.getStackTrace()).stream()
                .flatMap(trace -> trace.getFrames().stream())
                .map(CpuByPlace::name)
                .toList();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String line(String what, long nanos, Used used, double checks) {
        return String.format(
                Locale.ROOT, "| %s | %.4f | %.1f %% |", what, nanos / 1e6 / checks, 100.0 * nanos / used.cpu());
    }

    @Override
    public void close() {
        recording.close();
    }
}
