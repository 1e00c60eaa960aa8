package dev.certtide.cli;

/** Nothing of Certtide answers where it was looked for. The message says what to do. */
final class UnreachableCloudException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
