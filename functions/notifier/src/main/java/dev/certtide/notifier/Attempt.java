package dev.certtide.notifier;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which attempt at a notification this is, and how patient to be. Pure.
 *
 * @param count 1 for the first
 * @param age since the message was sent to the queue
 */
record Attempt(int count, Duration age) {
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(2);

    /** A message stays invisible for twelve hours at most (SQS, "visibility timeout"). */
    private static final Duration MOST_HEEDED = Duration.ofHours(11);

    /** Whoever can be reached otherwise should not sleep through the last day of a certificate. */
    private static final Duration PATIENCE_WITH_FALLBACK = Duration.ofHours(1);

    /** Longer than most outages; the queue allows for as many attempts. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    static Attempt of(SQSMessage message, Instant now) {
        var attributes = message.getAttributes();
        var count = number(attributes.get("ApproximateReceiveCount")).orElse(1L);
        var sent = number(attributes.get("SentTimestamp")).map(Instant::ofEpochMilli);
        return new Attempt(
                Math.toIntExact(count),
                sent.map(at -> Duration.between(at, now)).orElse(Duration.ZERO));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Optional<Long> number(String value) {
        return Optional.ofNullable(value).map(Long::valueOf);
    }

    /** Whether it has been tried long enough. */
    boolean isTheLast(boolean fallback) {
        return age.compareTo(fallback ? PATIENCE_WITH_FALLBACK : PATIENCE) >= 0;
    }

    /**
     * When to try again: twice as late each time, from half a minute to two hours, and not before the provider says so,
     * unless somebody else can be asked before.
     *
     * @param asked what the provider asks for, at most half a day is heeded
     */
    Duration pause(Optional<Duration> asked, boolean fallback) {
        var left = PATIENCE_WITH_FALLBACK.minus(age);
        var pause = pause(asked);
        return fallback && left.compareTo(pause) < 0 ? longer(left, LEAST) : pause;
    }

    private Duration pause(Optional<Duration> asked) {
        var doubled = SHORTEST.multipliedBy(1L << Math.min(count - 1, 20));
        var usual = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        // Whatever number a provider writes: it is bounded before anything is added to it.
        return asked.map(after -> after.compareTo(MOST_HEEDED) < 0 ? after.plusSeconds(1) : MOST_HEEDED)
                .filter(after -> after.compareTo(usual) > 0)
                .orElse(usual);
    }
}
