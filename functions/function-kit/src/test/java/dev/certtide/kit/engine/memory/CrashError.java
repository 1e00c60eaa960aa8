package dev.certtide.kit.engine.memory;

/**
 * The end of a process in the midst of its work. An error and not an exception: nothing that a function catches in order
 * to go on may catch it.
 */
public final class CrashError extends Error {
    private static final long serialVersionUID = 1L;

    CrashError(String operation) {
        // There are thousands in a simulation, each where it was made to be: a trace would tell nothing.
        super("crashed at " + operation, null, false, false);
    }
}
