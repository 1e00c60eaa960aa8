package dev.certtide.probe.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many fetches are under way at once, of one host and in all. Who waits because a host has its share waits for that
 * host, and takes no place from others meanwhile: one slow host is no congestion of the whole.
 */
final class Places {
    private final int mostInAll;
    private final int mostOfHost;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<String, Integer> taken = new HashMap<>();
    private int takenInAll;

    /** So many. */
    Places(int mostInAll, int mostOfHost) {
        this.mostInAll = mostInAll;
        this.mostOfHost = mostOfHost;
    }

    /** A fetch that may be made, until it is closed. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place as soon as there is one.
     *
     * @throws CongestedException if there is none after so long, because of fetches from elsewhere
     * @throws IOException if the host itself has had all of its places for so long
     */
    Place take(String host, Duration patience) throws IOException, InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (isFull(host) || takenInAll == mostInAll) {
                if (left <= 0) {
                    throw isFull(host)
                            ? new IOException(mostOfHost + " other fetches from its host took too long")
                            : new CongestedException("all " + mostInAll + " connections were in use");
                }
                left = freed.awaitNanos(left);
            }
            taken.merge(host, 1, Integer::sum);
            takenInAll++;
        } finally {
            lock.unlock();
        }
        return () -> release(host);
    }

    private boolean isFull(String host) {
        return taken.getOrDefault(host, 0) == mostOfHost;
    }

    private void release(String host) {
        lock.lock();
        try {
            taken.computeIfPresent(host, (_, count) -> count == 1 ? null : count - 1);
            takenInAll--;
            // Who waits may wait for another host.
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
