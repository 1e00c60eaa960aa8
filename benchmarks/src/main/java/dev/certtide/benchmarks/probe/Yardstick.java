package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs in {@code benchmarks/yardstick}, in Go, and what they issue. In a folder of its own until it is closed. */
final class Yardstick implements AutoCloseable {
    private static final String GO_ADVICE =
            "install Go 1.19 or newer (Debian: apt-get install golang-go), or set GO to its command";
    private static final String OPENSSL_ADVICE = "install OpenSSL (Debian: apt-get install openssl)";

    private final Path folder;
    private final String program;

    private Yardstick(Path folder) {
        this.folder = folder;
        this.program = folder.resolve("yardstick").toString();
    }

    /**
     * Builds the programs.
     *
     * @throws IllegalStateException that says what to install, if something is missing
     */
    static Yardstick build(Path sources) throws IOException {
        Command.output(sources, OPENSSL_ADVICE, "openssl", "version");
        Command.output(sources, "install util-linux; this needs Linux", "taskset", "--version");
        Command.output(sources, GO_ADVICE, go(), "version");
        Yardstick yardstick = new Yardstick(Files.createTempDirectory("certtide-yardstick"));
        Command.output(sources, GO_ADVICE, go(), "build", "-o", yardstick.program, ".");
        return yardstick;
    }

    /** Issues so many leaves for every chain. */
    void issue(int leaves) {
        Command.output(folder, Command.NO_ADVICE, program, "issue", folder.toString(), Integer.toString(leaves));
    }

    private static String go() {
        return Optional.ofNullable(System.getenv("GO")).orElse("go");
    }

    /** Go's version, and OpenSSL's. */
    String versions() {
        return Command.output(folder, Command.NO_ADVICE, program, "version") + ", "
                + Command.output(folder, OPENSSL_ADVICE, "openssl", "version");
    }

    Child server(int core) throws IOException {
        return Child.on(core, List.of(program, "serve", folder.toString()));
    }

    /** Go's client. */
    Child goClient(int core) throws IOException {
        return Child.on(core, List.of(program, "check"));
    }

    /** OpenSSL's client. */
    Child opensslClient(int core) throws IOException {
        return Child.on(core, List.of(program, "openssl"));
    }

    Path root(Chain chain) {
        return folder.resolve(chain.id() + ".pem");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
