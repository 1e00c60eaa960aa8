package dev.certtide.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;

/** Remembers where the running {@code certtide up} listens, so that the other commands find it. */
final class RunningCloud {
    private static final URI DEFAULT = URI.create("http://localhost:4566");

    private RunningCloud() {}

    /** Where it listens; the default port when it says nothing. */
    static URI endpoint() {
        try {
            return URI.create(Files.readString(file()).strip());
        } catch (IOException | IllegalArgumentException nothingRemembered) {
            return DEFAULT;
        }
    }

    static void remember(URI endpoint) {
        write(file(), endpoint.toString());
        rememberAhead(Duration.ZERO);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            // Others read it at any moment.
            var written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The running cloud can't be remembered in " + file, e);
        }
    }

    /** How far its clock is ahead of this one; it is in demos only. */
    static Duration ahead() {
        try {
            return Duration.parse(Files.readString(clockFile()).strip());
        } catch (IOException | DateTimeException nothingRemembered) {
            return Duration.ZERO;
        }
    }

    static void rememberAhead(Duration ahead) {
        write(clockFile(), ahead.toString());
    }

    static void forget(URI endpoint) {
        try {
            if (endpoint().equals(endpoint)) {
                Files.deleteIfExists(clockFile());
                Files.deleteIfExists(file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The endpoint can't be forgotten in " + file(), e);
        }
    }

    private static Path file() {
        return Home.folder().resolve(".certtide").resolve("endpoint");
    }

    private static Path clockFile() {
        return file().resolveSibling("ahead");
    }
}
