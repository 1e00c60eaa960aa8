package dev.certtide.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * A subscription's filter policy, matched by AWS's own Event Ruler and held to the limits of SNS.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html">"Filter policy
 *     constraints in Amazon SNS"</a>
 */
final class FilterPolicy {
    private static final int MAXIMUM_KEYS = 5;
    private static final long MAXIMUM_COMBINATIONS = 150;
    private static final int MAXIMUM_BYTES = 262_144;
    /** What the guide lists under "String value matching", "Numeric value matching" and "Key matching"; Ruler knows more. */
    private static final List<String> OPERATORS =
            List.of("prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "exists", "cidr", "wildcard");

    enum Scope {
        MessageAttributes,
        MessageBody
    }

    private final Scope scope;
    private final Machine machine;

    private FilterPolicy(Scope scope, Machine machine) {
        this.scope = scope;
        this.machine = machine;
    }

    /** @throws SnsException (InvalidParameter) if SNS would not take the policy */
    static FilterPolicy compile(String policy, Scope scope) {
        if (policy.length() > MAXIMUM_BYTES) throw invalid("Filter policy is too large");
        JsonNode json;
        try {
            json = Notification.JSON.readTree(policy);
        } catch (IOException e) {
            throw invalid("failed to parse JSON. "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
        if (!json.isObject()) throw invalid("Filter policy must be a JSON object");
        checkLimits(json, scope);
        var complaint = JsonRuleCompiler.check(policy);
        if (complaint != null) throw invalid(complaint);
        var machine = Machine.builder().build();
        try {
            machine.addRule("policy", policy);
        } catch (IOException e) {
            throw invalid(e.getMessage());
        }
        return new FilterPolicy(scope, machine);
    }

    /** Whether the policy lets the message through. With scope MessageBody a body that is no JSON object never passes. */
    boolean matches(Notification notification) {
        try {
            var document =
                    switch (scope) {
                        case MessageAttributes -> notification.filterableAttributes();
                        case MessageBody -> notification.message();
                    };
            if (scope == Scope.MessageBody && !document.stripLeading().startsWith("{")) return false;
            return !machine.rulesForJSONEvent(document).isEmpty();
        } catch (Exception e) { // Ruler declares it; what it throws is about a body that is no JSON.
            return false;
        }
    }

    private static void checkLimits(JsonNode policy, Scope scope) {
        var leaves = new ArrayList<Long>();
        collect(policy, scope, 1, leaves);
        if (leaves.size() > MAXIMUM_KEYS) throw invalid("Filter policy can not have more than 5 keys");
        long combinations = leaves.stream().reduce(1L, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
        if (combinations > MAXIMUM_COMBINATIONS) throw invalid("Filter policy is too complex");
    }

    /** For each key with values: how many, times the level at which it is nested. */
    private static void collect(JsonNode node, Scope scope, int level, List<Long> leaves) {
        for (var field : node.properties()) {
            var value = field.getValue();
            if (field.getKey().equals("$or") && value.isArray()) {
                for (var alternative : value) collect(alternative, scope, level, leaves);
            } else if (value.isObject()) {
                if (scope == Scope.MessageAttributes) {
                    throw SnsException.invalidParameter(
                            "Filter policy scope MessageAttributes does not support nested filter policy");
                }
                collect(value, scope, level + 1, leaves);
            } else if (value.isArray()) {
                for (var match : value) checkOperator(match);
                leaves.add((long) Math.max(1, value.size()) * level);
            } else {
                throw invalid("\"%s\" must be an object or an array".formatted(field.getKey()));
            }
        }
    }

    private static void checkOperator(JsonNode match) {
        for (var operator : match.properties()) {
            if (!OPERATORS.contains(operator.getKey())) throw invalid("Unrecognized match type " + operator.getKey());
        }
    }

    private static SnsException invalid(String reason) {
        return SnsException.invalidParameter("FilterPolicy: " + reason);
    }
}
