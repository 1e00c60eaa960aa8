package dev.certtide.it.kill;

import dev.certtide.it.stack.CommandLine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code certtide up --data} in a process of its own. */
final class Victim implements AutoCloseable {
    private static final String READY = "ready at ";

    private final CommandLine command;
    private final URI endpoint;
    private final List<ProcessHandle> children;

    private Victim(CommandLine command, URI endpoint) {
        this.command = command;
        this.endpoint = endpoint;
        this.children = command.children();
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param home where it writes down its endpoint
     * @param data where it keeps everything
     * @param settings variables for its functions
     */
    static Victim start(Path home, Path data, Map<String, String> settings) throws IOException {
        var command = CommandLine.start(home, settings, "up", "--port", "0", "--data", data.toString());
        var lines = command.lines();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new Victim(
                        command, URI.create(line.substring(READY.length()).split(" ")[0]));
            }
        }
        command.close();
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
        command.killAfter(millis);
    }

    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
        command.close();
    }
}
