package dev.certtide.simulation;

import java.util.List;

/** Something happened that must never happen. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    private Violation(String invariant, String message) {
        super(message);
        this.invariant = invariant;
    }

    /**
     * With all that is needed to see it again.
     *
     * @param invariant which does not hold
     * @param what in words
     * @param story what happened before
     */
    static Violation of(long seed, long step, String invariant, String what, List<String> story) {
        return new Violation(invariant, """
                seed %d, step %d: %s
                %s
                Replay it with -Dcerttide.simulation.seed=%d. The story:
                %s""".formatted(seed, step, invariant, what, seed, String.join("\n", story)));
    }

    /** Which invariant does not hold. */
    String invariant() {
        return invariant;
    }
}
