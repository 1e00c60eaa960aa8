package dev.certtide.it.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** {@code certtide} in a process of its own, which ends when this is closed. */
public final class CommandLine implements AutoCloseable {
    private final Process process;

    private CommandLine(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param home where it writes down what runs
     * @param settings variables
     * @param arguments as on the command line
     */
    public static CommandLine start(Path home, Map<String, String> settings, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.concat(
                Stream.of(
                        java,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dcerttide.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.certtide.cli.CerttideCommand"),
                Stream.of(arguments));
        var builder = new ProcessBuilder(command.toList()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(settings);
        return new CommandLine(builder.start());
    }

    /** What it prints, when it has ended by itself and well. */
    public static String output(Path home, String... arguments) throws IOException, InterruptedException {
        try (var command = start(home, Map.of(), arguments)) {
            var output = new String(command.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (command.process.waitFor() != 0) {
                throw new IOException("certtide ended with " + command.process.exitValue() + ": " + output);
            }
            return output;
        }
    }

    /** The lines that it prints; always the same reader. */
    public BufferedReader lines() {
        return process.inputReader();
    }

    /** Its child processes, and theirs. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Kills it as {@code kill -9} does, when that many milliseconds have passed. */
    public void killAfter(int millis) throws InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("certtide ended by itself");
        }
        process.destroyForcibly().waitFor();
    }

    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("certtide does not end when it is told to", e);
        }
    }
}
