package dev.certtide.probe.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policies for which a path is good, as the graph of RFC 9618, section 5: RFC 5280's tree grows exponentially with
 * hostile certificates, the graph cannot. One level per certificate; a node stands for one policy of its level, and names
 * its parents one level up. A level that has become empty ends it: the path is good for no policy.
 */
final class PolicyGraph {
    private final List<Map<String, Node>> levels = new ArrayList<>();

    private record Node(Set<String> parents, Set<String> expected) {}

    PolicyGraph() {
        levels.add(new LinkedHashMap<>(Map.of(Oids.ANY_POLICY, new Node(Set.of(), Set.of(Oids.ANY_POLICY)))));
    }

    /** Whether the path is good for no policy any more. */
    boolean isEmpty() {
        return levels.getLast().isEmpty();
    }

    /** The next certificate has no policies. */
    void clear() {
        levels.add(new LinkedHashMap<>());
    }

    /** The next certificate has these policies (RFC 5280, 6.1.3 (d)). */
    void extend(Set<String> policies, boolean anyPolicyCounts) {
        Map<String, Node> above = levels.getLast();
        Map<String, Set<String>> parentsByExpected = new LinkedHashMap<>();
        above.forEach((policy, node) -> node.expected().forEach(expected -> parentsByExpected
                .computeIfAbsent(expected, e -> new HashSet<>())
                .add(policy)));
        Map<String, Node> level = new LinkedHashMap<>();
        for (String policy : policies) {
            if (policy.equals(Oids.ANY_POLICY)) {
                continue;
            }
            Set<String> parents = parentsByExpected.get(policy);
            if (parents != null) {
                level.put(policy, new Node(parents, Set.of(policy)));
            } else if (above.containsKey(Oids.ANY_POLICY)) {
                level.put(policy, new Node(Set.of(Oids.ANY_POLICY), Set.of(policy)));
            }
        }
        if (policies.contains(Oids.ANY_POLICY) && anyPolicyCounts) {
            parentsByExpected.forEach(
                    (policy, parents) -> level.putIfAbsent(policy, new Node(parents, Set.of(policy))));
        }
        levels.add(level);
        prune();
    }

    /** The last certificate's authority takes each of these policies for others (RFC 5280, 6.1.4 (b)). */
    void map(Map<String, Set<String>> mappings, boolean isInhibited) {
        Map<String, Node> level = levels.getLast();
        boolean hasAny = level.containsKey(Oids.ANY_POLICY);
        mappings.forEach((policy, mapped) -> {
            if (isInhibited) {
                level.remove(policy);
            } else if (level.containsKey(policy)) {
                level.put(policy, new Node(level.get(policy).parents(), mapped));
            } else if (hasAny) {
                level.put(policy, new Node(Set.of(Oids.ANY_POLICY), mapped));
            }
        });
        prune();
    }

    /** Whether the whole path is good for one of these policies; for any, if there are none (RFC 9618, 5.4). */
    boolean isGoodFor(Set<String> acceptable) {
        if (isEmpty()) {
            return false;
        }
        if (acceptable.isEmpty() || levels.getLast().containsKey(Oids.ANY_POLICY)) {
            return true;
        }
        // What counts is the policy in the words of the first authority that named one: it has anyPolicy for a parent.
        return levels.stream()
                .flatMap(level -> level.entrySet().stream())
                .anyMatch(node -> acceptable.contains(node.getKey())
                        && node.getValue().parents().contains(Oids.ANY_POLICY));
    }

    private void prune() {
        for (int i = levels.size() - 1; i > 0; i--) {
            Set<String> parents = new HashSet<>();
            levels.get(i).values().forEach(node -> parents.addAll(node.parents()));
            levels.get(i - 1).keySet().retainAll(parents);
        }
    }

    /** The pairs of a policy mappings extension. */
    static Map<String, Set<String>> mappings(Der extension) {
        Map<String, Set<String>> mappings = new HashMap<>();
        for (Der pair : extension.as(Der.SEQUENCE).children()) {
            Der.Reader reader = pair.as(Der.SEQUENCE).reader();
            String policy = reader.next(Der.OBJECT_IDENTIFIER).oid();
            mappings.computeIfAbsent(policy, p -> new HashSet<>())
                    .add(reader.next(Der.OBJECT_IDENTIFIER).oid());
        }
        return mappings;
    }

    /** The policies of a certificate policies extension. */
    static Set<String> policies(Der extension) {
        Set<String> policies = new HashSet<>();
        for (Der information : extension.as(Der.SEQUENCE).children()) {
            policies.add(information
                    .as(Der.SEQUENCE)
                    .reader()
                    .next(Der.OBJECT_IDENTIFIER)
                    .oid());
        }
        return policies;
    }
}
