package dev.certtide.probe.trust;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The roots of a list that somebody renews: looked at every few minutes, when a check asks, and read when it has changed. A
 * list that is broken, or suddenly small, is not taken: what was trusted before still is. No thread runs.
 */
public final class RenewedAnchors implements AnchorSource {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final AnchorList list;
    private final TrustAnchors bundled;
    private final Consumer<String> log;
    private volatile Held held;

    private record Held(TrustAnchors anchors, Optional<String> version, Instant lookAgain) {}

    /**
     * @param bundled what is trusted until the list has been read, and where there is none
     * @param log is told, in a sentence, when a list was taken, and why one was not
     */
    public RenewedAnchors(AnchorList list, TrustAnchors bundled, Consumer<String> log) {
        this.list = list;
        this.bundled = bundled;
        this.log = log;
        this.held = new Held(bundled, Optional.empty(), Instant.MIN);
    }

    /**
     * Whether a list with so many roots is too small to come after one with so many: less than half as many are a mistake
     * rather than a judgement of as many authorities.
     */
    public static boolean isTooSmall(int roots, int before) {
        return roots * 2 < before;
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
        Optional<String> version = Optional.empty();
        try {
            version = list.version();
            if (version.equals(before.version())) {
                return new Held(before.anchors(), version, lookAgain);
            }
            if (version.isEmpty()) {
                log.accept(list.title() + " is there no longer; that which came with this program counts again");
                return new Held(bundled, version, lookAgain);
            }
            TrustAnchors anchors = TrustAnchors.of(list.read(version.get()));
            if (isTooSmall(anchors.size(), before.anchors().size())) {
                log.accept(list.title() + " has only " + anchors.size() + " where there were "
                        + before.anchors().size() + "; the old one is kept");
                return new Held(before.anchors(), version, lookAgain);
            }
            log.accept(list.title() + " is used from now on: " + anchors.size() + " roots as of "
                    + anchors.asOf().map(LocalDate::toString).orElse("an unknown day"));
            return new Held(anchors, version, lookAgain);
        } catch (IllegalArgumentException e) {
            return unused(before, version, lookAgain, e);
        } catch (IOException e) {
            // The content is not known yet: what could not be read now may be readable the next time.
            return unused(before, before.version(), lookAgain, e);
        }
    }

    private Held unused(Held before, Optional<String> version, Instant lookAgain, Exception why) {
        log.accept(list.title() + " cannot be used, the old one is kept: " + why);
        return new Held(before.anchors(), version, lookAgain);
    }
}
