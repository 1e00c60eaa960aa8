package dev.certtide.cli.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is turned forward. Thread-safe. */
public final class LeapingClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** Begins at that instant. */
    public LeapingClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    void leapTo(Instant then) {
        now.set(then);
    }
}
