package dev.certtide.local.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A subscription of a queue to a topic.
 *
 * @param attributes subscription attributes under the names of the SNS API: {@code FilterPolicy} and others
 */
public record SubscriptionSpec(String arn, String topicArn, String endpoint, Map<String, String> attributes) {

    /** Whether an ARN was generated for a template: its id is derived from a name, others are random. */
    public static boolean fromTemplate(String subscriptionArn) {
        return UUID.fromString(Place.nameOf(subscriptionArn)).version() == 3;
    }

    static SubscriptionSpec read(Resource resource) {
        return resource.read(properties -> {
            if (!properties.requiredText("Protocol").equals("sqs")) throw properties.refuse("Protocol", "must be sqs");
            properties.withoutEffect("Region");
            var attributes = new LinkedHashMap<String, String>();
            properties.text("RawMessageDelivery").ifPresent(value -> attributes.put("RawMessageDelivery", value));
            // The scope first: how a policy is read depends on it.
            properties.text("FilterPolicyScope").ifPresent(value -> attributes.put("FilterPolicyScope", value));
            properties.document("FilterPolicy").ifPresent(value -> attributes.put("FilterPolicy", value));
            properties.document("RedrivePolicy").ifPresent(value -> attributes.put("RedrivePolicy", value));
            return new SubscriptionSpec(
                    resource.ref(),
                    properties.requiredText("TopicArn"),
                    properties.requiredText("Endpoint"),
                    attributes);
        });
    }
}
