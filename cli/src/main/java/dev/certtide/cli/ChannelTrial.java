package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A test of a channel: through the queue of notifications, as everything that people are told. */
final class ChannelTrial {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final Cloud cloud;
    private final Notification notification;

    /** What became of it. */
    sealed interface Outcome {
        /** The provider took it. */
        record Delivered() implements Outcome {}

        /** It did not, and this is why. */
        record Failed(String reason) implements Outcome {}

        /** Nobody has said. */
        record Unknown() implements Outcome {}
    }

    ChannelTrial(Cloud cloud, Owner owner, Channel channel) {
        this.cloud = cloud;
        var now = cloud.now();
        var id = "test_" + UUID.randomUUID();
        // About nothing: a notification has a target, and this name can't exist (RFC 6761).
        notification = new Notification(
                id,
                Notification.Kind.TEST,
                owner,
                channel,
                Target.parse("https://certtide.invalid"),
                Status.OK,
                id,
                now,
                now,
                List.of(),
                Optional.empty());
    }

    Channel channel() {
        return notification.channel();
    }

    void start() {
        var event = CloudEvent.of(
                EventType.NOTIFICATION_DECIDED,
                notification.key(),
                "cli",
                notification.target().id(),
                notification.at(),
                Optional.empty(),
                notification);
        cloud.withSqs(sqs -> sqs.sendMessage(
                request -> request.queueUrl(cloud.queue(sqs, "notifications")).messageBody(event.write())));
    }

    /** Waits for it as long as that. */
    Outcome outcome(Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        do {
            var found = found();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        } while (System.nanoTime() < until);
        return new Outcome.Unknown();
    }

    private Optional<Outcome> found() {
        var item = cloud.withDynamoDb(dynamoDb -> dynamoDb.getItem(request -> request.tableName(cloud.table("Results"))
                .key(Map.of(
                        "pk", AttributeValue.fromS("OWNER#" + notification.owner()),
                        "sk", AttributeValue.fromS("TEST#" + notification.key())))
                .consistentRead(true)));
        if (!item.hasItem()) {
            return Optional.empty();
        }
        var delivered = item.item().get("outcome").s().equals("delivered");
        return Optional.of(
                delivered
                        ? new Outcome.Delivered()
                        : new Outcome.Failed(item.item().get("reason").s()));
    }
}
