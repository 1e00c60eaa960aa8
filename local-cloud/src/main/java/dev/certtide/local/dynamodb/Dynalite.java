package dev.certtide.local.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The dynalite process: a DynamoDB server from npm. It ends when this JVM does, in whatever way. */
final class Dynalite implements AutoCloseable {
    private final Process process;
    private final URI endpoint;

    private Dynalite(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts the process and waits until it listens.
     *
     * @param data folder for the tables; in memory when empty
     * @throws IllegalStateException if Node or dynalite is missing, with what to do
     */
    static Dynalite start(Optional<Path> data) {
        var command = new ArrayList<>(List.of("node", "-e", launcher()));
        // "--" keeps Node from reading the folder as an option of its own.
        data.ifPresent(
                folder -> command.addAll(List.of("--", folder.toAbsolutePath().toString())));
        try {
            var process = new ProcessBuilder(command)
                    .directory(home().toFile())
                    .redirectError(ProcessBuilder.Redirect.PIPE)
                    .start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var first = lines.readLine();
            if (first == null || !first.startsWith("port ")) {
                var complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                process.destroyForcibly();
                throw new IllegalStateException("dynalite did not start. " + advice(complaint));
            }
            // Errors that come later go to the log; the pipe must be read, or the child would block.
            Thread.ofVirtual().name("dynalite-errors").start(() -> process.errorReader()
                    .lines()
                    .forEach(line -> System.getLogger(Dynalite.class.getName()).log(System.Logger.Level.ERROR, line)));
            return new Dynalite(process, URI.create("http://127.0.0.1:" + first.substring(5)));
        } catch (IOException e) {
            throw new IllegalStateException("Node 20 or newer is needed on the PATH to run dynalite", e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** The folder with node_modules: the system property {@code certtide.home}, or the nearest one upwards. */
    private static Path home() {
        var told = System.getProperty("certtide.home");
        if (told != null) return Path.of(told);
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("package.json"))) return folder;
        }
        throw new IllegalStateException(
                "no package.json here or above: run in the project, or name its folder with -Dcerttide.home=FOLDER");
    }

    private static String advice(String complaint) {
        return complaint.contains("Cannot find module") ? "Run npm ci in " + home() : complaint;
    }

    private static String launcher() {
        try (var script = Dynalite.class.getResourceAsStream("dynalite.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by closing its standard input. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }
}
