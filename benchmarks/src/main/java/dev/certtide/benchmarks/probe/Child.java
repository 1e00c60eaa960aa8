package dev.certtide.benchmarks.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process on one core that answers lines with lines. What it writes to standard error is seen by whoever runs this. */
final class Child implements AutoCloseable {
    private static final String INDENT = "  ";

    private final List<String> command;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private Child(List<String> command) throws IOException {
        this.command = command;
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * An answer.
     *
     * @param notes indented lines before the answer
     */
    record Answer(String line, List<String> notes) {}

    /** Starts the command, never to run on another core. */
    static Child on(int core, List<String> command) throws IOException {
        return new Child(Stream.concat(Stream.of("taskset", "-c", Integer.toString(core)), command.stream())
                .toList());
    }

    Answer ask(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
        List<String> notes = new ArrayList<>();
        String answer = answers.readLine();
        while (answer != null && answer.startsWith(INDENT)) {
            notes.add(answer);
            answer = answers.readLine();
        }
        if (answer == null) {
            throw new IOException("no answer to \"" + line + "\" from " + command);
        }
        return new Answer(answer, notes);
    }

    /** The CPU time that it has had since its start, in nanoseconds; the kernel counts hundredths of a second. */
    long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
