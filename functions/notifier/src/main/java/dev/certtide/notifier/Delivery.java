package dev.certtide.notifier;

import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.RetryLaterException;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.Notification;
import java.io.IOException;
import java.time.Duration;

/**
 * Delivers each notification once: claim, send, done.
 *
 * <p>A crash between sending and recording leaves the claim to expire, and then the message is sent again with the same
 * identity: {@code webhook-id}, {@code Message-ID}. Receivers that deduplicate by it see it once; there is no way to be
 * sure of a receiver that does not, and telling twice is better than not at all.
 */
final class Delivery {
    /**
     * Longer than the function's timeout of 30 s, so that whoever finds the lease ended knows that the sender is dead; and
     * hardly longer, since that is how late a message is told whose sender died.
     */
    static final Duration LEASE = Duration.ofSeconds(40);

    /** Queues keep messages for 14 days at most, twice with a dead-letter queue. */
    private static final Duration REMEMBER = Duration.ofDays(90);

    private final Claims claims;
    private final MailSender mail;
    private final OwnerWebhooks webhooks;

    Delivery(Claims claims, MailSender mail, OwnerWebhooks webhooks) {
        this.claims = claims;
        this.mail = mail;
        this.webhooks = webhooks;
    }

    /**
     * Tells what has not been told; returns whether it did just now.
     *
     * @throws InvalidInputException when it can't be told at all: the message is kept as a dead letter with the reason
     * @throws IOException when it may be told another time
     * @throws RetryLaterException when somebody else is telling it, or died while telling it
     */
    boolean deliver(Notification notification) throws IOException {
        return switch (claims.claim("notification#" + notification.key(), LEASE)) {
            case Claim.Granted granted -> {
                send(notification, granted);
                claims.done(granted, REMEMBER);
                yield true;
            }
            case Claim.Done _ -> false;
            case Claim.Held(var left) ->
                throw new RetryLaterException("The notification is being sent by another invocation", left);
        };
    }

    private void send(Notification notification, Claim.Granted claim) throws IOException {
        try {
            switch (notification.channel()) {
                case Channel.Email email -> mail.send(notification, email);
                case Channel.Webhook webhook -> webhooks.send(notification, webhook);
            }
        } catch (IOException | RuntimeException failed) {
            claims.release(claim);
            throw failed;
        }
    }
}
