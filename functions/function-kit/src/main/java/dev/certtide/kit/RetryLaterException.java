package dev.certtide.kit;

import java.time.Duration;

/**
 * A message can't be worked on now, and it is known when it can: nobody has to wait for the queue's visibility timeout.
 *
 * <p>Unchecked, since it passes through loops over events on its way from the work to the batch.
 */
public final class RetryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration delay;
    private final boolean exact;

    /**
     * Asks for the message again.
     *
     * @param message why it can't be worked on now
     * @param delay when it can; up to 12 hours (Amazon SQS API Reference, "ChangeMessageVisibility")
     */
    public RetryLaterException(String message, Duration delay) {
        this(message, delay, false);
    }

    private RetryLaterException(String message, Duration delay, boolean exact) {
        super(message);
        this.delay = delay;
        this.exact = exact;
    }

    /** The same for work that it would be wrong to try earlier, not only useless. */
    public static RetryLaterException notBefore(String message, Duration delay) {
        return new RetryLaterException(message, delay, true);
    }

    /** Whether the first delay must be as long as was asked for, too. */
    boolean isExact() {
        return exact;
    }

    /** When the message can be worked on. */
    public Duration delay() {
        return delay;
    }
}
