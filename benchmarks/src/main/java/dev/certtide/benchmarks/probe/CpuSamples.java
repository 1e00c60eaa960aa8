package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples of what this process does, by CPU time (JEP 509), so that waiting does not count and native code does. They are of
 * Java's threads; what the virtual machine's own threads use stands beside them.
 */
public final class CpuSamples implements AutoCloseable {
    private static final String SAMPLE = "jdk.CPUTimeSample";

    private final Recording recording = new Recording();
    private VmThreads before = VmThreads.read();
    private Instant since = Instant.EPOCH;

    private CpuSamples() {}

    /** Who takes samples. */
    @FunctionalInterface
    public interface Taker {
        /**
         * A sample.
         *
         * @param frames class and method, innermost first; none if they are not known
         * @param nanos of CPU time that it stands for
         */
        void take(List<String> frames, long nanos);
    }

    /**
     * Begins.
     *
     * @param period of CPU time from one sample of a thread to the next, for example {@code 2ms}
     */
    public static CpuSamples every(String period) {
        var samples = new CpuSamples();
        samples.recording.enable(SAMPLE).with("throttle", period).withStackTrace();
        samples.recording.start();
        return samples;
    }

    /**
     * Forgets what was until now. To sample makes the virtual machine compile again what it had compiled: who asks what
     * comes after that lets some work pass.
     */
    public void forget() {
        before = VmThreads.read();
        since = Instant.now();
    }

    /** Ends, gives all samples away, and says what the virtual machine's own threads have used. */
    public VmThreads stop(Taker taker) throws IOException {
        var own = VmThreads.read().since(before);
        recording.stop();
        var file = Files.createTempFile("certtide-profile", ".jfr");
        try {
            recording.dump(file);
            read(file, since, taker);
        } finally {
            Files.delete(file);
        }
        return own;
    }

    private static void read(Path file, Instant since, Taker taker) throws IOException {
        try (var events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                var event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && !event.getStartTime().isBefore(since)) {
                    taker.take(
                            frames(event), event.getDuration("samplingPeriod").toNanos());
                }
            }
        }
    }

    private static List<String> frames(RecordedEvent event) {
        return Optional.ofNullable(event.getStackTrace()).stream()
                .flatMap(trace -> trace.getFrames().stream())
                .map(CpuSamples::name)
                .toList();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    @Override
    public void close() {
        recording.close();
    }
}
