package dev.certtide.infra;

import java.time.Duration;

/**
 * How a function is fed from a queue.
 *
 * @param size most messages in one batch: 1 to 10, up to 10,000 with a window
 * @param window how long Lambda may wait for a batch to fill: 0 to 300 s
 * @param concurrency most batches at once in production, 2 to 1,000
 */
record Batching(int size, Duration window, int concurrency) {
    /** Batches of up to 10, handed over at once. */
    static Batching promptly(int concurrency) {
        return new Batching(10, Duration.ZERO, concurrency);
    }

    Batching ofSize(int messages) {
        return new Batching(messages, window, concurrency);
    }

    Batching waiting(Duration window) {
        return new Batching(size, window, concurrency);
    }
}
