package dev.certtide.registry;

import dev.certtide.kit.SideBySide;
import dev.certtide.model.Owner;
import dev.certtide.registry.OwnerLimits.Admission;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** What one message has taken of its owners' shares: when it fails it comes again, and takes it again. */
final class Charges {
    private static final int OWNERS_AT_ONCE = 8;

    private final OwnerLimits limits;
    private final Queue<Charge> taken = new ConcurrentLinkedQueue<>();

    Charges(OwnerLimits limits) {
        this.limits = limits;
    }

    Admission admit(Owner owner, int events, int newWatches, int endedWatches) {
        var admission = limits.admit(owner, events, newWatches, endedWatches);
        if (admission instanceof Admission.Granted granted) {
            taken.add(granted.charge());
        }
        return admission;
    }

    /** Gives back what a message has taken that failed; if that fails, too, its owners have that much less for an hour. */
    void giveBack(Throwable failure) {
        // Whoever is interrupted, since time is up, is given a moment for this.
        boolean wasInterrupted = Thread.interrupted();
        try {
            SideBySide.each(taken, Function.identity(), OWNERS_AT_ONCE, limits::giveBack);
        } catch (RuntimeException | Error alsoFailed) {
            failure.addSuppressed(alsoFailed);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
