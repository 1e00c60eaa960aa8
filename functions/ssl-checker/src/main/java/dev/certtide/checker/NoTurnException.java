package dev.certtide.checker;

/** A check was not begun: its turn did not come while there was time enough for it. */
final class NoTurnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTurnException() {
        super("the turn did not come in time", null, false, false);
    }
}
