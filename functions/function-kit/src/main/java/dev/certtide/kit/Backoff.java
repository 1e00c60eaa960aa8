package dev.certtide.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Waits before something is asked again, up to twice as long each time, by chance, so that those who were refused together
 * do not come back together (Amazon DynamoDB Developer Guide, "Error retries and exponential backoff").
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Some five seconds in all: what is not there then had better come back with its message. */
    private static final int MOST_IN_VAIN = 8;

    private final BackoffStrategy strategy = BackoffStrategy.exponentialDelayHalfJitter(FIRST, LONGEST);
    private int inVain;

    /**
     * Waits.
     *
     * @param hasProgress whether something came of it the last time: then it begins anew
     * @param complaint what is wrong
     * @throws IllegalStateException with that complaint, when nothing has come of it too often, or when interrupted
     */
    void pause(boolean hasProgress, Supplier<String> complaint) {
        inVain = hasProgress ? 1 : inVain + 1;
        if (inVain >= MOST_IN_VAIN) {
            throw new IllegalStateException(complaint.get() + ", asked " + inVain + " times");
        }
        // The strategy counts attempts, the first of which waits for nothing.
        long until = System.nanoTime() + strategy.computeDelay(inVain + 1).toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(complaint.get() + ", and there is no time to ask again");
            }
            LockSupport.parkNanos(left);
        }
    }
}
