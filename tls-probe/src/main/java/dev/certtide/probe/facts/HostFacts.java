package dev.certtide.probe.facts;

import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
     * @param omitted how many more the name has, beyond the bound of a visit
     */
    record Visited(List<AddressFacts> addresses, int omitted) implements HostFacts {
        public Visited {
            addresses = List.copyOf(addresses);
        }

        /** All addresses of a name. */
        public Visited(List<AddressFacts> addresses) {
            this(addresses, 0);
        }

        /** The different leaves that were seen, each with the addresses that serve it, in the order of addresses. */
        public Map<X509Certificate, List<AddressFacts>> byLeaf() {
            return addresses.stream()
                    .filter(address -> !address.chain().isEmpty())
                    .collect(Collectors.groupingBy(
                            address -> address.chain().getFirst(), LinkedHashMap::new, Collectors.toList()));
        }

        /** The addresses that serve the leaf that was issued last; none if none serves a certificate. */
        public List<AddressFacts> withNewestLeaf() {
            return byLeaf().entrySet().stream()
                    .max(Map.Entry.comparingByKey(Comparator.comparing(X509Certificate::getNotBefore)
                            .thenComparing(X509Certificate::getNotAfter)))
                    .map(Map.Entry::getValue)
                    .orElse(List.of());
        }
    }
}
