package dev.certtide.probe.facts;

import java.util.List;

/** What came of visiting a host. */
public sealed interface HostFacts {
    /**
     * The name has no address.
     *
     * @param reason what the resolver said, for people
     */
    record Unresolved(String reason) implements HostFacts {}

    /**
     * The host is not to be visited: an address of it, or the port, is refused by the guard.
     *
     * @param reason which one and why, for people
     */
    record Blocked(String reason) implements HostFacts {}

    /**
     * At least one address was visited.
     *
     * @param addresses what came of each, in the resolver's order
     */
    record Visited(List<AddressFacts> addresses) implements HostFacts {
        public Visited {
            addresses = List.copyOf(addresses);
        }
    }
}
