package dev.certtide.probe.visit;

import java.time.Duration;

/** The time that a check has. It stands still while the check waits for its turn. */
public final class Countdown {
    private long end;

    /** So much time from now on. */
    public Countdown(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    /** The end, as {@link System#nanoTime} counts. */
    public long end() {
        return end;
    }

    Turnstile.Turn standStill(Turns turns) throws InterruptedException {
        long began = System.nanoTime();
        try {
            return turns.next();
        } finally {
            end += System.nanoTime() - began;
        }
    }

    /** Something to wait for. */
    @FunctionalInterface
    interface Turns {
        Turnstile.Turn next() throws InterruptedException;
    }
}
