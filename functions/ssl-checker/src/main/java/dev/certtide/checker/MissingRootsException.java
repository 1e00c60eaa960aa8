package dev.certtide.checker;

/** A target is to be checked by private roots that are not kept. */
final class MissingRootsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
