package dev.certtide.local.sns;

import dev.certtide.local.template.Place;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A queue that is subscribed to a topic. Immutable: changing an attribute makes another. */
record Subscription(
        String arn, String topicArn, String endpoint, Map<String, String> attributes, Optional<FilterPolicy> filter) {
    private static final Set<String> SETTABLE =
            Set.of("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "DeliveryPolicy");

    static Subscription of(String arn, String topicArn, String endpoint, Map<String, String> attributes) {
        for (var attribute : attributes.entrySet()) {
            if (!SETTABLE.contains(attribute.getKey())) throw SnsException.invalidParameter("AttributeName");
        }
        var raw = attributes.getOrDefault("RawMessageDelivery", "false");
        if (!raw.equalsIgnoreCase("true") && !raw.equalsIgnoreCase("false")) {
            throw SnsException.invalidParameter(
                    "Attributes Reason: RawMessageDelivery: Invalid value [%s]. Must be true or false.".formatted(raw));
        }
        if (attributes.containsKey("RedrivePolicy")) deadLetterQueue(attributes.get("RedrivePolicy"));
        var policy = attributes.getOrDefault("FilterPolicy", "");
        var filter = policy.isBlank() || policy.equals("{}")
                ? Optional.<FilterPolicy>empty()
                : Optional.of(FilterPolicy.compile(policy, scope(attributes)));
        return new Subscription(arn, topicArn, endpoint, new TreeMap<>(attributes), filter);
    }

    private static FilterPolicy.Scope scope(Map<String, String> attributes) {
        var scope = attributes.getOrDefault("FilterPolicyScope", "MessageAttributes");
        try {
            return FilterPolicy.Scope.valueOf(scope);
        } catch (IllegalArgumentException e) {
            throw SnsException.invalidParameter(
                    "FilterPolicyScope: Invalid value [%s]. Please use either MessageBody or MessageAttributes"
                            .formatted(scope));
        }
    }

    /** Another subscription that differs in one attribute; an empty value takes it away. */
    Subscription with(String name, String value) {
        var changed = new TreeMap<>(attributes);
        if (value.isEmpty()) changed.remove(name);
        else changed.put(name, value);
        return of(arn, topicArn, endpoint, changed);
    }

    boolean raw() {
        return attributes.getOrDefault("RawMessageDelivery", "false").equalsIgnoreCase("true");
    }

    boolean wants(Notification notification) {
        return filter.isEmpty() || filter.get().matches(notification);
    }

    String queueName() {
        return Place.nameOf(endpoint);
    }

    /** The queue that takes what cannot be delivered. */
    Optional<String> deadLetterQueueName() {
        return Optional.ofNullable(attributes.get("RedrivePolicy"))
                .map(policy -> Place.nameOf(deadLetterQueue(policy)));
    }

    private static String deadLetterQueue(String policy) {
        try {
            var arn = Notification.JSON
                    .readTree(policy)
                    .path("deadLetterTargetArn")
                    .asText("");
            if (arn.startsWith("arn:aws:sqs:")) return arn;
        } catch (IOException e) {
            throw SnsException.invalidParameter("RedrivePolicy: failed to parse JSON.");
        }
        throw SnsException.invalidParameter("RedrivePolicy: deadLetterTargetArn is not a valid SQS queue ARN");
    }

    /** All attributes as {@code GetSubscriptionAttributes} shows them. */
    Map<String, String> shown(String accountId) {
        var all = new TreeMap<>(attributes);
        all.put("SubscriptionArn", arn);
        all.put("TopicArn", topicArn);
        all.put("Protocol", "sqs");
        all.put("Endpoint", endpoint);
        all.put("Owner", accountId);
        all.put("PendingConfirmation", "false");
        all.put("ConfirmationWasAuthenticated", "true");
        all.putIfAbsent("RawMessageDelivery", "false");
        if (all.containsKey("FilterPolicy")) all.putIfAbsent("FilterPolicyScope", "MessageAttributes");
        return all;
    }
}
