package dev.certtide.probe.trust;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The roots of a list that somebody renews: looked at every few minutes, when somebody asks, and read when it has changed.
 * A list that is broken, or too small to be one, is not taken: what was trusted before still is. No thread runs; whoever
 * asks may have to wait for the list.
 */
public final class RenewedAnchors implements AnchorSource {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** When to look again after a look that told nothing. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AnchorList list;
    private final TrustAnchors bundled;
    private final Consumer<String> log;
    private volatile Held held;

    /** @param isKnown whether it was ever found out what list there is, or that there is none */
    private record Held(TrustAnchors anchors, Optional<String> version, Instant lookAgain, boolean isKnown) {}

    /**
     * @param bundled what is trusted until the list has been read, and where there is none
     * @param log is told, in a sentence, when a list was taken, and why one was not
     */
    public RenewedAnchors(AnchorList list, TrustAnchors bundled, Consumer<String> log) {
        this.list = list;
        this.bundled = bundled;
        this.log = log;
        this.held = new Held(bundled, Optional.empty(), Instant.MIN, false);
    }

    /**
     * Whether so many roots are too few for a list of those whom everybody trusts: with less than half as many as came with
     * this program, somebody has rather cut a file off than judged so many authorities.
     *
     * @param bundled how many came with this program
     */
    public static boolean isTooSmall(int roots, int bundled) {
        return roots * 2 < bundled;
    }

    @Override
    public TrustAnchors at(Instant now) {
        if (now.isBefore(held.lookAgain())) {
            return held.anchors();
        }
        synchronized (this) {
            if (!now.isBefore(held.lookAgain())) {
                held = look(held, now);
            }
            return held.anchors();
        }
    }

    /** Whether it was ever found out what list there is, or that there is none; until then the bundled one is a guess. */
    public boolean isKnown() {
        return held.isKnown();
    }

    private Held look(Held before, Instant now) {
        Optional<String> version = Optional.empty();
        try {
            version = list.version();
            TrustAnchors anchors =
                    version.equals(before.version()) ? before.anchors() : changed(version, before.anchors());
            return new Held(anchors, version, now.plus(INTERVAL), true);
        } catch (IllegalArgumentException e) {
            log.accept(list.title() + " cannot be used, the old one is kept: " + e);
            return new Held(before.anchors(), version, now.plus(INTERVAL), true);
        } catch (IOException e) {
            // The content is not known yet: what could not be read now may be readable the next time.
            log.accept(list.title() + " cannot be read, the old one is kept: " + e);
            return new Held(before.anchors(), before.version(), now.plus(SOON), before.isKnown());
        }
    }

    /** What is trusted by that version, be it what was trusted before. */
    private TrustAnchors changed(Optional<String> version, TrustAnchors before) throws IOException {
        if (version.isEmpty()) {
            log.accept(list.title() + " is there no longer; that which came with this program counts again");
            return bundled;
        }
        TrustAnchors anchors = TrustAnchors.of(list.read(version.get()));
        if (isTooSmall(anchors.size(), bundled.size())) {
            log.accept(list.title() + " has only " + anchors.size() + " where that which came with this program has "
                    + bundled.size() + "; the old one is kept");
            return before;
        }
        String day = anchors.asOf().map(LocalDate::toString).orElse("an unknown day");
        log.accept(list.title() + " is used from now on: " + anchors.size() + " roots as of " + day
                + (anchors.isOlderThan(bundled) ? ", an older one than that which came with this program" : ""));
        return anchors;
    }
}
