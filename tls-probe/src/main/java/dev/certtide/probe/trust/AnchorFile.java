package dev.certtide.probe.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A list of roots in a PEM file. A file that is not there is one that cannot be read.
 *
 * @param file PEM, with a line {@code # As of: 2026-08-18} or else dated by its modification
 */
public record AnchorFile(Path file) implements AnchorList {
    /** More than any sensible list; Mozilla's has 200 KB. */
    private static final long LARGEST = 8L << 20;

    @Override
    public String title() {
        return "The list of roots " + file;
    }

    @Override
    public Optional<String> version() throws IOException {
        return Optional.of(Files.getLastModifiedTime(file).toString());
    }

    @Override
    public RootBundle read(String version) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IllegalArgumentException("it has more than " + LARGEST + " bytes");
        }
        LocalDate modified = LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
        return RootBundle.parse(Files.readAllBytes(file)).orAsOf(modified);
    }
}
