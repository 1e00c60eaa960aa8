package dev.certtide.infra;

/** Says which context value cannot be used, why, and what to write instead. */
final class InvalidContextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidContextException(String message) {
        super(message);
    }
}
