package dev.certtide.probe.visit;

import java.net.InetAddress;
import java.util.List;

/** Lets addresses be visited by turns, so that many checks at once do not overrun somebody's network. */
@FunctionalInterface
public interface Turnstile {
    /** Nobody waits. */
    Turnstile OPEN = _ -> () -> {};

    /**
     * Waits until the addresses of a host may be visited, all at once. The waiting does not count towards the deadline of
     * the check.
     *
     * @param addresses resolved and approved by the guard, at least one
     * @throws InterruptedException if the check was given up meanwhile
     * @throws RuntimeException if the turn does not come; the check ends with this exception
     */
    Turn enter(List<InetAddress> addresses) throws InterruptedException;

    /** Ends when no connection to the addresses is open any more. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
