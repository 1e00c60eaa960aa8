package dev.certtide.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.sns.StringConditions;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.constructs.Construct;

/** topic → queue, as published (no SNS envelope), with a dead-letter queue for what SNS cannot deliver. */
final class Subscription extends Construct {
    /** Every event of the topic. */
    Subscription(CerttideStack stack, EventTopic topic, WorkQueue queue) {
        this(stack, topic, queue, Map.of());
    }

    /** Only events whose message attribute has the value; publishers must set it, or the event passes by. */
    Subscription(CerttideStack stack, EventTopic topic, WorkQueue queue, String attribute, String value) {
        this(stack, topic, queue, Map.of(attribute, only(value)));
    }

    private Subscription(CerttideStack stack, EventTopic topic, WorkQueue queue, Map<String, SubscriptionFilter> filter) {
        super(queue, "Subscription");
        var undelivered = new DeadLetters(
                stack, this, "Undelivered", queue.name() + "-undelivered", "SNS could not deliver them to " + queue.name());
        var subscription = SqsSubscription.Builder.create(queue.queue())
                .rawMessageDelivery(true)
                .deadLetterQueue(undelivered.queue());
        topic.topic()
                .addSubscription((filter.isEmpty() ? subscription : subscription.filterPolicy(filter)).build());
    }

    private static SubscriptionFilter only(String value) {
        return SubscriptionFilter.stringFilter(
                StringConditions.builder().allowlist(List.of(value)).build());
    }
}
