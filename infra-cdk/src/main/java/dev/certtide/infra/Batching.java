package dev.certtide.infra;

import java.time.Duration;

/**
 * How a function is fed from a queue.
 *
 * @param size most messages in one batch: 1 to 10, up to 10,000 with a window
 * @param window how long Lambda may wait for a batch to fill: 0 to 300 s
 * @param concurrency most batches at once in production, 2 to 1,000
 * @param attempts how often a message is handed over before it is a dead letter, 5 to 1,000
 */
record Batching(int size, Duration window, int concurrency, int attempts) {
    /** AWS Lambda Developer Guide, "Using Lambda with Amazon SQS": at least 5, or throttles alone fill the DLQ. */
    private static final int USUAL_ATTEMPTS = 5;

    /** Batches of up to 10, handed over at once. */
    static Batching promptly(int concurrency) {
        return new Batching(10, Duration.ZERO, concurrency, USUAL_ATTEMPTS);
    }

    Batching ofSize(int messages) {
        return new Batching(messages, window, concurrency, attempts);
    }

    Batching waiting(Duration window) {
        return new Batching(size, window, concurrency, attempts);
    }

    /** For work that is tried again for as long as a day. */
    Batching ofAttempts(int most) {
        return new Batching(size, window, concurrency, most);
    }
}
