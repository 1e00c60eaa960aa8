package dev.certtide.local.sns;

import dev.certtide.local.sqs.MessageAttribute;
import dev.certtide.local.sqs.OutgoingMessage;
import dev.certtide.local.sqs.Queue;
import dev.certtide.local.sqs.QueueUnavailableException;
import dev.certtide.local.sqs.Queues;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Brings notifications to the subscribed queues; what cannot be delivered goes to the subscription's dead-letter queue. */
final class Delivery {
    /** "Amazon SNS raw message delivery": a raw message with more attributes is discarded as a client-side error. */
    private static final int MAXIMUM_RAW_ATTRIBUTES = 10;

    private final Queues queues;
    private final URI endpoint;

    Delivery(Queues queues, URI endpoint) {
        this.queues = queues;
        this.endpoint = endpoint;
    }

    private record Undelivered(Subscription subscription, OutgoingMessage message, String code, String reason) {}

    /** Returns when every message is in every queue that wants it, or in a dead-letter queue. */
    void deliver(List<Notification> notifications, List<Subscription> subscriptions) {
        var arrivals = new ArrayList<CompletableFuture<?>>();
        var undelivered = new ArrayList<Undelivered>();
        for (var subscription : subscriptions) {
            var messages = new ArrayList<OutgoingMessage>();
            for (var notification : notifications) {
                if (!subscription.wants(notification)) continue;
                var message = message(notification, subscription);
                if (message.attributes().size() <= MAXIMUM_RAW_ATTRIBUTES) messages.add(message);
                else
                    undelivered.add(new Undelivered(
                            subscription,
                            new OutgoingMessage(message.body(), Map.of()),
                            "InvalidParameterValue",
                            "Number of message attributes exceeds the allowed maximum [10]."));
            }
            if (messages.isEmpty()) continue;
            var queue = queues.find(subscription.queueName());
            if (queue.isPresent()) arrivals.addAll(queue.get().sendAsync(messages));
            else
                messages.forEach(message -> undelivered.add(new Undelivered(
                        subscription,
                        message,
                        "AWS.SimpleQueueService.NonExistentQueue",
                        "The specified queue does not exist.")));
        }
        for (var message : undelivered) redrive(message);
        arrivals.forEach(Delivery::await);
    }

    private OutgoingMessage message(Notification notification, Subscription subscription) {
        return subscription.raw()
                ? new OutgoingMessage(notification.message(), notification.attributes())
                : new OutgoingMessage(notification.envelope(subscription.arn(), endpoint), Map.of());
    }

    private void redrive(Undelivered undelivered) {
        // "Amazon SNS dead-letter queues": the message as it would have been delivered, with what went wrong.
        var attributes = new LinkedHashMap<>(undelivered.message().attributes());
        attributes.put("RequestID", MessageAttribute.string(UUID.randomUUID().toString()));
        attributes.put("ErrorCode", MessageAttribute.string(undelivered.code()));
        attributes.put("ErrorMessage", MessageAttribute.string(undelivered.reason()));
        var message = new OutgoingMessage(undelivered.message().body(), attributes);
        // Without a dead-letter queue, or when that is gone too, the message is lost; as on AWS.
        undelivered
                .subscription()
                .deadLetterQueueName()
                .flatMap(queues::find)
                .ifPresent((Queue queue) -> queue.send(List.of(message)));
    }

    private static void await(CompletableFuture<?> arrival) {
        try {
            arrival.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SnsException(503, "ServiceUnavailable", "The cloud is being closed.");
        } catch (ExecutionException | QueueUnavailableException e) {
            throw new SnsException(500, "InternalError", "A message could not be stored: " + e.getMessage());
        }
    }
}
