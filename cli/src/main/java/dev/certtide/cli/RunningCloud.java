package dev.certtide.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

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
        try {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), endpoint + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The endpoint can't be remembered in " + file(), e);
        }
    }

    static void forget(URI endpoint) {
        try {
            if (endpoint().equals(endpoint)) {
                Files.deleteIfExists(file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The endpoint can't be forgotten in " + file(), e);
        }
    }

    private static Path file() {
        return Home.folder().resolve(".certtide").resolve("endpoint");
    }
}
