package dev.certtide.probe.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A list of roots in a PEM file that somebody renews: looked at every few minutes, when a check asks, and read when it has
 * changed. A list that is broken, or suddenly small, is not taken: what was trusted before still is. No thread runs.
 */
public final class AnchorFile implements AnchorSource {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** More than any sensible list; Mozilla's has 200 KB. */
    private static final long LARGEST = 8L << 20;

    private final Path file;
    private final Consumer<String> log;
    private volatile Held held;

    private record Held(TrustAnchors anchors, Optional<FileTime> of, Instant lookAgain) {}

    /**
     * @param file PEM, with a line {@code # As of: 2026-08-18} or else dated by its modification
     * @param bundled what is trusted until the file has been read
     * @param log is told, in a sentence, when a list was taken, and why one was not
     */
    public AnchorFile(Path file, TrustAnchors bundled, Consumer<String> log) {
        this.file = file;
        this.log = log;
        this.held = new Held(bundled, Optional.empty(), Instant.MIN);
    }

    @Override
    public TrustAnchors at(Instant now) {
        if (now.isBefore(held.lookAgain())) {
            return held.anchors();
        }
        synchronized (this) {
            if (!now.isBefore(held.lookAgain())) {
                held = look(held, now.plus(INTERVAL));
            }
            return held.anchors();
        }
    }

    private Held look(Held before, Instant lookAgain) {
        Optional<FileTime> modified = Optional.empty();
        try {
            modified = Optional.of(Files.getLastModifiedTime(file));
            if (modified.equals(before.of())) {
                return new Held(before.anchors(), modified, lookAgain);
            }
            TrustAnchors anchors = read(modified.get());
            if (anchors.size() * 2 < before.anchors().size()) {
                log.accept("The list of roots " + file + " has only " + anchors.size() + " where there were "
                        + before.anchors().size() + "; the old one is kept");
                return new Held(before.anchors(), modified, lookAgain);
            }
            log.accept("The list of roots " + file + " is used from now on: " + anchors.size() + " roots as of "
                    + anchors.asOf().map(LocalDate::toString).orElse("an unknown day"));
            return new Held(anchors, modified, lookAgain);
        } catch (IllegalArgumentException e) {
            return unused(before, modified, lookAgain, e);
        } catch (IOException e) {
            // The content is not known yet: what could not be read now may be readable the next time.
            return unused(before, before.of(), lookAgain, e);
        }
    }

    private Held unused(Held before, Optional<FileTime> of, Instant lookAgain, Exception why) {
        log.accept("The list of roots " + file + " cannot be used, the old one is kept: " + why);
        return new Held(before.anchors(), of, lookAgain);
    }

    private TrustAnchors read(FileTime modified) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IllegalArgumentException("it has more than " + LARGEST + " bytes");
        }
        RootBundle bundle = RootBundle.parse(Files.readAllBytes(file));
        LocalDate day = LocalDate.ofInstant(modified.toInstant(), ZoneOffset.UTC);
        return TrustAnchors.of(bundle.orAsOf(day));
    }
}
