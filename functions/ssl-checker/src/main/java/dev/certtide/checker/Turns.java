package dev.certtide.checker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** So many places of each kind, first come, first served; kinds that nobody is at are forgotten. */
final class Turns {
    private final int places;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** @param places of each kind, 1 or more */
    Turns(int places) {
        this.places = places;
    }

    /** @param users those at it and those who wait */
    private record Kind(Semaphore free, int users) {
        Kind and(int more) {
            return new Kind(free, users + more);
        }
    }

    /**
     * Takes places of a kind. More than there are count as all of them.
     *
     * @param until how long to wait, as {@link System#nanoTime} counts
     * @throws NoTurnException when they did not become free until then
     */
    void enter(String kind, int wanted, long until) throws InterruptedException {
        var entered = kinds.compute(
                kind, (_, there) -> there == null ? new Kind(new Semaphore(places, true), 1) : there.and(1));
        long left = until - System.nanoTime();
        boolean taken = false;
        try {
            taken = left > 0 && entered.free().tryAcquire(most(wanted), left, TimeUnit.NANOSECONDS);
        } finally {
            if (!taken) {
                forget(kind);
            }
        }
        if (!taken) {
            throw new NoTurnException();
        }
    }

    /** Gives back as many as were taken. */
    void leave(String kind, int wanted) {
        kinds.get(kind).free().release(most(wanted));
        forget(kind);
    }

    private void forget(String kind) {
        kinds.computeIfPresent(kind, (_, there) -> there.users() == 1 ? null : there.and(-1));
    }

    private int most(int wanted) {
        return Math.min(wanted, places);
    }
}
