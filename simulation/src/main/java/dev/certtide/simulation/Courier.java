package dev.certtide.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Brings notifications to their receivers, in the place of {@code notifier}, whose channels need a network: the claims are
 * the same, and so is the order of claiming, sending and recording.
 */
final class Courier {
    private static final Duration LEASE = Duration.ofSeconds(40);
    private static final Duration REMEMBER = Duration.ofDays(90);

    private final Claims claims;
    private final Consumer<Notification> receiver;

    /** @param receiver hears; twice if need be */
    Courier(FunctionKit kit, Consumer<Notification> receiver) {
        this.claims = kit.claims();
        this.receiver = receiver;
    }

    SQSBatchResponse deliver(SQSEvent event) {
        return new SQSBatchResponse(event.getRecords().stream()
                .filter(message -> !isDelivered(message))
                .map(message -> new BatchItemFailure(message.getMessageId()))
                .toList());
    }

    private boolean isDelivered(SQSMessage message) {
        var notification =
                CloudEvent.read(Notification.class, message.getBody()).data();
        try {
            return switch (claims.claim("notification#" + notification.key(), LEASE)) {
                case Claim.Granted granted -> {
                    receiver.accept(notification);
                    claims.done(granted, REMEMBER);
                    yield true;
                }
                case Claim.Done _ -> true;
                case Claim.Held _ -> false;
            };
        } catch (SdkException throttled) {
            return false;
        }
    }

    /** Nothing: an answer of one that has no messages. */
    static SQSBatchResponse nothing() {
        return new SQSBatchResponse(List.of());
    }
}
