package dev.certtide.local.lambda;

/** A function failed: it threw, took too long, or could not be loaded. */
public final class FunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FunctionException(String message, Throwable cause) {
        super(message, cause);
    }
}
