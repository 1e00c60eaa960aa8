package dev.certtide.notifier;

import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.RetryLaterException;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Delivers each notification once: claim, send, done.
 *
 * <p>A crash between sending and recording leaves the claim to expire, and then the message is sent again with the same
 * identity: {@code webhook-id}, {@code Message-ID}, {@code dedup_key}. Receivers that deduplicate by it see it once; there
 * is no way to be sure of a receiver that does not, and telling twice is better than not at all.
 *
 * <p>A channel that can't be used is marked, and the {@link Detours detour} is taken before the notification is recorded
 * as done: a crash in between takes it twice, and every key is told once.
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
    private final Texts texts;
    private final Senders senders;
    private final Detours detours;
    private final Trials trials;

    Delivery(Claims claims, Texts texts, Senders senders, Detours detours, Trials trials) {
        this.claims = claims;
        this.texts = texts;
        this.senders = senders;
        this.detours = detours;
        this.trials = trials;
    }

    /** What became of a notification. */
    enum Result {
        /** Told, just now. */
        TOLD,
        /** Told before, or over before it could be told. */
        KNOWN,
        /** Not told over this channel: another one tells it. */
        PASSED_ON,
        /** A test that failed: who asked for it is told, and it is not tried again. */
        FAILED
    }

    /**
     * Tells what has not been told.
     *
     * @throws InvalidInputException when it can't be told at all: the message is kept as a dead letter with the reason
     * @throws RetryLaterException when it may be told another time, or when somebody else is telling it, or died while
     *     telling it
     */
    Result deliver(Notification notification, Attempt attempt) {
        return switch (claims.claim(claim(notification.key()), LEASE)) {
            case Claim.Granted granted -> deliver(notification, attempt, granted);
            case Claim.Done _ -> Result.KNOWN;
            case Claim.Held(var left) ->
                throw new RetryLaterException("The notification is being sent by another invocation", left);
        };
    }

    private Result deliver(Notification notification, Attempt attempt, Claim.Granted claim) {
        if (attempt.count() > 1 && isOver(notification)) {
            claims.done(claim, REMEMBER);
            return Result.KNOWN;
        }
        var outcome = send(notification, claim);
        if (notification.kind() == Notification.Kind.TEST) {
            return tried(notification, outcome, claim);
        }
        return switch (outcome) {
            case Outcome.Delivered _ -> told(notification, claim);
            case Outcome.Throttled(var reason, var after) -> later(notification, attempt, reason, after, claim);
            case Outcome.Temporary(var reason) -> later(notification, attempt, reason, Optional.empty(), claim);
            case Outcome.Permanent(var field, var reason) -> giveUp(notification, field, reason, claim);
        };
    }

    /** Whether its end was told over the same channel while it waited: after that it would be the last word. */
    private boolean isOver(Notification notification) {
        return Facts.isTrouble(notification.kind())
                && end(notification.key())
                        .filter(key -> claims.isDone(claim(key)))
                        .isPresent();
    }

    /** A key is incident, round, step and channel, then the channels that it was passed on to. */
    private static Optional<String> end(String key) {
        var parts = key.split("#", 4);
        return parts.length < 4
                ? Optional.empty()
                : Optional.of(String.join("#", parts[0], parts[1], Kind.RECOVERED.word(), parts[3]));
    }

    private static String claim(String key) {
        return "notification#" + key;
    }

    /** What was sent is not given back, even if it can't be recorded: the claim ends by itself. */
    private Outcome send(Notification notification, Claim.Granted claim) {
        try {
            return senders.send(texts.of(notification));
        } catch (RuntimeException failed) {
            throw claims.release(claim, failed);
        }
    }

    private Result told(Notification notification, Claim.Granted claim) {
        claims.done(claim, REMEMBER);
        detours.works(notification);
        return Result.TOLD;
    }

    /** Somebody waits for the outcome, whatever it is. */
    private Result tried(Notification notification, Outcome outcome, Claim.Granted claim) {
        trials.record(notification, outcome);
        if (outcome instanceof Outcome.Delivered) {
            return told(notification, claim);
        }
        claims.done(claim, REMEMBER);
        return Result.FAILED;
    }

    private Result later(
            Notification notification, Attempt attempt, String reason, Optional<Duration> after, Claim.Granted claim) {
        boolean hasOthers =
                !notification.fallbacks().isEmpty() || !notification.alsoTold().isEmpty();
        if (attempt.isTheLast(hasOthers)) {
            var age = Moment.amount(attempt.age());
            return giveUp(notification, "channel", "it has not worked for " + age + ": " + reason, claim);
        }
        throw claims.release(claim, RetryLaterException.notBefore(reason, attempt.pause(after, hasOthers)));
    }

    private Result giveUp(Notification notification, String field, String reason, Claim.Granted claim) {
        if (!detours.take(notification, reason)) {
            throw claims.release(claim, new InvalidInputException(field, reason));
        }
        claims.done(claim, REMEMBER);
        return Result.PASSED_ON;
    }
}
