package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.HostFacts;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is judged by comparing the addresses of one name. */
final class FleetRules {
    private static final int LEAVES_TOLD = 3;

    private FleetRules() {}

    /** A warning if the addresses serve different leaves: often a renewal that did not reach all of them. */
    static Optional<Defect> judge(HostFacts.Visited visited) {
        Map<X509Certificate, List<AddressFacts>> byLeaf = visited.byLeaf();
        if (byLeaf.size() < 2) {
            return Optional.empty();
        }
        String told = byLeaf.entrySet().stream()
                .limit(LEAVES_TOLD)
                .map(entry -> "valid until "
                        + Wording.utc(entry.getKey().getNotAfter().toInstant()) + " on "
                        + entry.getValue().getFirst().addressText())
                .collect(Collectors.joining(", "));
        String more = byLeaf.size() > LEAVES_TOLD ? " and " + (byLeaf.size() - LEAVES_TOLD) + " more" : "";
        return Optional.of(new Defect(
                FindingCode.SPLIT_FLEET,
                Status.WARNING,
                "The addresses serve " + byLeaf.size() + " different certificates (" + told + more
                        + "). Install the newest on all of them."));
    }
}
