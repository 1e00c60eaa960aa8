package dev.certtide.infra;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.sns.StringConditions;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.constructs.Construct;

/** topic → queue, as published (no SNS envelope), with a dead-letter queue for what SNS cannot deliver. */
final class Subscription extends Construct {
    /** @param filter the message attributes that an event must have to be delivered; none for every event */
    Subscription(CerttideStack stack, EventTopic topic, WorkQueue queue, Map<String, String> filter) {
        super(queue, "Subscription");
        var undelivered = new DeadLetters(
                stack,
                this,
                "Undelivered",
                queue.name() + "-undelivered",
                "SNS could not deliver them to " + queue.name());
        Acknowledged.finding(
                undelivered,
                "AwsSolutions-SQS3",
                "It is a dead-letter queue, of a subscription, which the rule cannot see");
        var subscription = SqsSubscription.Builder.create(queue.queue())
                .rawMessageDelivery(true)
                .deadLetterQueue(undelivered.queue());
        if (!filter.isEmpty()) {
            subscription.filterPolicy(policy(filter));
        }
        topic.topic().addSubscription(subscription.build());
    }

    private static Map<String, SubscriptionFilter> policy(Map<String, String> filter) {
        return filter.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, it -> only(it.getValue())));
    }

    private static SubscriptionFilter only(String value) {
        return SubscriptionFilter.stringFilter(
                StringConditions.builder().allowlist(List.of(value)).build());
    }
}
