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

/** The watches whose target this process has checked a short time ago, the last ten thousand of them. Thread-safe. */
final class LatelyChecked {
    private static final int MOST = 10_000;

    private final Duration lately;
    private final InstantSource clock;
    private final SequencedMap<Watch, Instant> checkedAt = new LinkedHashMap<>();

    private record Watch(Owner owner, Target target) {
        static Watch of(UrlEvent event) {
            return new Watch(event.owner(), event.target());
        }
    }

    LatelyChecked(Duration lately, InstantSource clock) {
        this.lately = lately;
        this.clock = clock;
    }

    /** Whether the watch that the event is about is one of them. */
    synchronized boolean includes(UrlEvent event) {
        var at = checkedAt.get(Watch.of(event));
        return at != null && clock.instant().isBefore(at.plus(lately));
    }

    /** The watch has gone or is paused. */
    synchronized void forget(UrlEvent event) {
        checkedAt.remove(Watch.of(event));
    }

    /** These events have been worked on now; a watch that has gone or paused is none of those that were checked. */
    synchronized void learn(List<UrlEvent> events) {
        for (var event : events) {
            switch (event) {
                case UrlEvent.Added _, UrlEvent.Resumed _ -> {
                    if (!includes(event)) {
                        checkedAt.putLast(Watch.of(event), clock.instant());
                    }
                }
                case UrlEvent.Removed _, UrlEvent.Paused _ -> forget(event);
                case UrlEvent.CheckRequested _ -> {}
            }
        }
        while (checkedAt.size() > MOST) {
            checkedAt.pollFirstEntry();
        }
    }
}
