package dev.certtide.probe.path;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The policy variables of RFC 5280, 6.1.2 on the way down: three counters and the graph. */
final class PolicyState {
    /** Real certificates have a handful. */
    private static final int MOST_POLICIES = 200;

    private final PolicyInputs inputs;
    private final PolicyGraph graph = new PolicyGraph();
    private int explicitPolicy;
    private int inhibitAny;
    private int policyMapping;

    PolicyState(PolicyInputs inputs, int certificates) {
        this.inputs = inputs;
        this.explicitPolicy = inputs.needsPolicy() ? 0 : certificates + 1;
        this.inhibitAny = inputs.inhibitsAny() ? 0 : certificates + 1;
        this.policyMapping = inputs.inhibitsMapping() ? 0 : certificates + 1;
    }

    /** 6.1.3 (d) to (f), and 6.1.5 (a), (b) for the leaf: why the certificate is refused, as a predicate. */
    Optional<String> process(X509Certificate certificate, boolean isLeaf) {
        Optional<Set<String>> policies =
                Extensions.of(certificate, Oids.CERTIFICATE_POLICIES).map(PolicyGraph::policies);
        if (policies.isPresent() && policies.get().size() > MOST_POLICIES) {
            throw new MalformedDerException("more than " + MOST_POLICIES + " policies");
        }
        boolean anyPolicyCounts = inhibitAny > 0 || !isLeaf && Signatures.isSelfIssued(certificate);
        policies.ifPresentOrElse(named -> graph.extend(named, anyPolicyCounts), graph::clear);
        boolean isRefused = explicitPolicy == 0 && graph.isEmpty();
        if (isLeaf) {
            explicitPolicy = Math.max(explicitPolicy - 1, 0);
            policyConstraint(certificate, 0).filter(skip -> skip == 0).ifPresent(skip -> explicitPolicy = 0);
        }
        return isRefused
                ? Optional.of("has no policy in common with the path, and the path asks for one")
                : Optional.empty();
    }

    /** 6.1.4 (a), (b) and (h) to (j). */
    Optional<String> prepareForNext(X509Certificate certificate) {
        Map<String, Set<String>> mappings = Extensions.of(certificate, Oids.POLICY_MAPPINGS)
                .map(PolicyGraph::mappings)
                .orElse(Map.of());
        if (mappings.size() > MOST_POLICIES) {
            throw new MalformedDerException("more than " + MOST_POLICIES + " policy mappings");
        }
        graph.map(mappings, policyMapping == 0);
        if (!Signatures.isSelfIssued(certificate)) {
            explicitPolicy = Math.max(explicitPolicy - 1, 0);
            policyMapping = Math.max(policyMapping - 1, 0);
            inhibitAny = Math.max(inhibitAny - 1, 0);
        }
        policyConstraint(certificate, 0).ifPresent(skip -> explicitPolicy = Math.min(explicitPolicy, skip));
        policyConstraint(certificate, 1).ifPresent(skip -> policyMapping = Math.min(policyMapping, skip));
        Extensions.of(certificate, Oids.INHIBIT_ANY_POLICY)
                .ifPresent(skip ->
                        inhibitAny = Math.min(inhibitAny, skip.as(Der.INTEGER).count()));
        boolean isFromOrToAny = mappings.containsKey(Oids.ANY_POLICY)
                || mappings.values().stream().anyMatch(mapped -> mapped.contains(Oids.ANY_POLICY));
        return isFromOrToAny ? Optional.of("maps a policy from or to anyPolicy") : Optional.empty();
    }

    /** 6.1.5 (g). */
    boolean isGood() {
        return explicitPolicy > 0 || graph.isGoodFor(inputs.acceptable());
    }

    private static Optional<Integer> policyConstraint(X509Certificate certificate, int number) {
        return Extensions.of(certificate, Oids.POLICY_CONSTRAINTS)
                .flatMap(extension -> extension.as(Der.SEQUENCE).children().stream()
                        .filter(constraint -> constraint.tag() == Der.context(number, false))
                        .findFirst()
                        .map(Der::count));
    }
}
