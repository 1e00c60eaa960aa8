package dev.certtide.local.sqs;

/** A queue that was deleted, or whose engine has been stopped. */
public final class QueueUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
