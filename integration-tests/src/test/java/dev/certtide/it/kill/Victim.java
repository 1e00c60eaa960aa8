package dev.certtide.it.kill;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code certtide up --data} in a process of its own. */
final class Victim implements AutoCloseable {
    private static final String READY = "ready at ";

    private final Process process;
    private final URI endpoint;
    private final List<ProcessHandle> children;

    private Victim(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.children = process.descendants().toList();
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param home where it writes down its endpoint
     * @param data where it keeps everything
     * @param settings variables for its functions
     */
    static Victim start(Path home, Path data, Map<String, String> settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dcerttide.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.certtide.cli.CerttideCommand",
                        "up",
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(settings);
        var process = builder.start();
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new Victim(
                        process, URI.create(line.substring(READY.length()).split(" ")[0]));
            }
        }
        throw new IOException("certtide up ended before it was ready");
    }

    URI endpoint() {
        return endpoint;
    }

    /** Its child processes, as they were when it was ready. */
    List<ProcessHandle> children() {
        return children;
    }

    /** Kills it as {@code kill -9} does, when that many milliseconds have passed. */
    void killAfter(int millis) throws InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("certtide up ended by itself");
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
            throw new IllegalStateException("certtide up does not end when it is told to", e);
        }
    }
}
