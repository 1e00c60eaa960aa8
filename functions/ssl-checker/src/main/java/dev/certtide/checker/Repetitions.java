package dev.certtide.checker;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.UrlEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How often this process has checked the targets of watches, each since a check that is a minute old at the most. Of the
 * ten thousand watches that were checked last. Thread-safe.
 */
final class Repetitions {
    /** Somebody who mends a server and signs up again and again is answered; a backend that has gone wild is not. */
    private static final int MOST_A_MINUTE = 5;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_WATCHES = 10_000;

    private final InstantSource clock;
    private final SequencedMap<Watch, Checks> known = new LinkedHashMap<>();

    private record Watch(Owner owner, Target target) {
        static Watch of(UrlEvent event) {
            return new Watch(event.owner(), event.target());
        }
    }

    private record Checks(Instant since, int count) {}

    Repetitions(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the target of the watch that the event is about has been checked often enough for now. */
    synchronized boolean areEnough(UrlEvent event) {
        return lately(Watch.of(event)).count() >= MOST_A_MINUTE;
    }

    /** The targets of these events' watches have been checked now. */
    synchronized void count(List<UrlEvent> checked) {
        for (var event : checked) {
            var watch = Watch.of(event);
            var lately = lately(watch);
            known.putLast(watch, new Checks(lately.since(), lately.count() + 1));
        }
        while (known.size() > MOST_WATCHES) {
            known.pollFirstEntry();
        }
    }

    private Checks lately(Watch watch) {
        var now = clock.instant();
        var checks = known.get(watch);
        return checks == null || !now.isBefore(checks.since().plus(MINUTE)) ? new Checks(now, 0) : checks;
    }
}
