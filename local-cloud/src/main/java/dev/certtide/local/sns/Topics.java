package dev.certtide.local.sns;

import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Meter;
import dev.certtide.local.sqs.Queues;
import dev.certtide.local.template.Place;
import dev.certtide.local.template.SubscriptionSpec;
import dev.certtide.local.template.TopicSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** SNS: standard topics, and queues that are subscribed to them. */
public final class Topics {
    /** A topic and its subscriptions; replaced as a whole when something changes. */
    record Topic(String arn, Map<String, String> attributes, List<Subscription> subscriptions) {}

    private final Place place;
    private final InstantSource clock;
    private final Delivery delivery;
    private final Meter meter;
    private final Optional<TopicStore> store;
    private volatile Map<String, Topic> topics = Map.of();

    /**
     * @param data folder in which topics and subscriptions made by clients are kept; nothing is kept when empty
     * @param clock time of the notifications
     * @param meter counts what is published
     */
    public Topics(Place place, Queues queues, Optional<Path> data, InstantSource clock, Meter meter) {
        this.place = place;
        this.clock = clock;
        this.meter = meter;
        delivery = new Delivery(queues, place.endpoint());
        store = data.map(folder -> new TopicStore(folder.resolve("topics.json")));
        topics = store.map(TopicStore::read).orElse(Map.of());
    }

    /** Makes the topics and subscriptions of a template; they replace what is kept under the same ARN. */
    public synchronized void apply(List<TopicSpec> topicSpecs, List<SubscriptionSpec> subscriptionSpecs) {
        for (var spec : topicSpecs) {
            var kept =
                    topics.containsKey(spec.arn()) ? topics.get(spec.arn()).subscriptions() : List.<Subscription>of();
            // Those of an earlier template are gone if this one does not have them.
            var byClients = kept.stream()
                    .filter(subscription -> !SubscriptionSpec.fromTemplate(subscription.arn()))
                    .toList();
            put(new Topic(spec.arn(), Map.of("DisplayName", spec.displayName()), byClients));
        }
        for (var spec : subscriptionSpecs) {
            add(Subscription.of(spec.arn(), spec.topicArn(), spec.endpoint(), spec.attributes()));
        }
    }

    synchronized Topic create(String name, Map<String, String> attributes) {
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw SnsException.invalidParameter(
                    name.endsWith(".fifo") ? "Topic Name: FIFO topics are not supported locally" : "Topic Name");
        }
        var arn = place.arn("sns", name);
        if (!topics.containsKey(arn)) put(new Topic(arn, Map.copyOf(attributes), List.of()));
        return topics.get(arn);
    }

    synchronized void delete(String topicArn) {
        var rest = new TreeMap<>(topics);
        rest.remove(topicArn);
        replace(rest);
    }

    synchronized void setAttribute(String topicArn, String name, String value) {
        var topic = topic(topicArn);
        var attributes = new TreeMap<>(topic.attributes());
        attributes.put(name, value);
        put(new Topic(topicArn, attributes, topic.subscriptions()));
    }

    synchronized Subscription subscribe(String topicArn, String endpoint, Map<String, String> attributes) {
        var same = topic(topicArn).subscriptions().stream()
                .filter(each -> each.endpoint().equals(endpoint))
                .findFirst();
        if (same.isPresent()) {
            if (attributes.isEmpty() || same.get().attributes().equals(attributes)) return same.get();
            throw SnsException.invalidParameter(
                    "Attributes Reason: Subscription already exists with different attributes");
        }
        var subscription = Subscription.of(topicArn + ":" + UUID.randomUUID(), topicArn, endpoint, attributes);
        add(subscription);
        return subscription;
    }

    synchronized void unsubscribe(String subscriptionArn) {
        // Unsubscribing what is not subscribed is no error in SNS.
        subscriptions().stream()
                .filter(each -> each.arn().equals(subscriptionArn))
                .findFirst()
                .ifPresent(gone -> {
                    var topic = topic(gone.topicArn());
                    put(new Topic(
                            topic.arn(),
                            topic.attributes(),
                            topic.subscriptions().stream()
                                    .filter(each -> !each.arn().equals(gone.arn()))
                                    .toList()));
                });
    }

    synchronized void setSubscriptionAttribute(String subscriptionArn, String name, String value) {
        add(subscription(subscriptionArn).with(name, value));
    }

    /** Delivers notifications of one topic, and returns when they are in the queues. */
    void publish(String topicArn, List<Notification> notifications) {
        meter.request(
                Charge.SNS_REQUESTS,
                Place.nameOf(topicArn),
                notifications.stream().mapToInt(Notification::size).sum());
        delivery.deliver(notifications, topic(topicArn).subscriptions());
    }

    Topic topic(String topicArn) {
        var topic = topics.get(topicArn);
        if (topic == null) throw SnsException.notFound("Topic");
        return topic;
    }

    Subscription subscription(String subscriptionArn) {
        return subscriptions().stream()
                .filter(each -> each.arn().equals(subscriptionArn))
                .findFirst()
                .orElseThrow(() -> SnsException.notFound("Subscription"));
    }

    List<Topic> topics() {
        return List.copyOf(topics.values());
    }

    List<Subscription> subscriptions() {
        return topics.values().stream()
                .flatMap(topic -> topic.subscriptions().stream())
                .toList();
    }

    String accountId() {
        return place.accountId();
    }

    InstantSource clock() {
        return clock;
    }

    /** Adds a subscription in place of one with the same ARN or the same queue. */
    private void add(Subscription subscription) {
        var topic = topic(subscription.topicArn());
        var all = new ArrayList<>(topic.subscriptions());
        all.removeIf(
                each -> each.arn().equals(subscription.arn()) || each.endpoint().equals(subscription.endpoint()));
        all.add(subscription);
        put(new Topic(topic.arn(), topic.attributes(), List.copyOf(all)));
    }

    private void put(Topic topic) {
        var changed = new TreeMap<>(topics);
        changed.put(topic.arn(), topic);
        replace(changed);
    }

    private void replace(Map<String, Topic> changed) {
        store.ifPresent(file -> file.write(changed.values()));
        topics = changed;
    }
}
