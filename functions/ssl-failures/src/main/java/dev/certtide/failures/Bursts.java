package dev.certtide.failures;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what each channel is told, so that no storm of messages comes over its owner.
 *
 * <p>Of each channel one item holds how much there was to tell in a minute. What is gathered counts as well, so a storm
 * that goes on is one. Only what is among the first of its minute and of the ten before goes out by itself, so in no ten
 * minutes there are more. Each message is one write, which no other can refuse, and one read.
 */
final class Bursts {
    /** As long as a summary of what is too much takes to come, at most. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final String MINUTE = "MINUTE#";
    private static final String MESSAGES = "messages";

    private final Table dedup;
    private final InstantSource clock;

    Bursts(Table dedup, InstantSource clock) {
        this.dedup = dedup;
        this.clock = clock;
    }

    /**
     * A message that was counted.
     *
     * @param until nothing when it may be told; else until when it is to be gathered
     */
    record Counted(String key, Instant minute, Optional<Instant> until) {}

    /**
     * Counts one message.
     *
     * @param most how many may be told one by one in ten minutes
     */
    Counted count(Owner owner, Channel channel, int most) {
        var key = "burst#" + owner + "#" + Fingerprint.shortOf(channel.id());
        var now = clock.instant();
        var minute = now.truncatedTo(ChronoUnit.MINUTES);
        long place = dedup.count(key, MINUTE + minute, MESSAGES, now.plus(WINDOW.multipliedBy(3)));
        boolean isFew = place <= most && place + before(key, minute) <= most;
        return new Counted(key, minute, isFew ? Optional.empty() : Optional.of(end(now)));
    }

    /** Somebody else tells it, and has counted it, too. */
    void takeBack(Counted counted) {
        dedup.add(counted.key(), MINUTE + counted.minute(), Map.of(MESSAGES, -1L), Condition.present());
    }

    /** How much there was to tell in the ten minutes before that one. */
    private long before(String key, Instant minute) {
        var first = minute.minus(WINDOW);
        var last = minute.minus(1, ChronoUnit.MINUTES);
        return dedup.descending(key, MINUTE + first, MINUTE + last, (int) WINDOW.toMinutes()).stream()
                .mapToLong(item -> item.findNumber(MESSAGES).orElseThrow())
                .sum();
    }

    /** All that is too much in the same ten minutes by the clock comes in one summary. */
    private static Instant end(Instant now) {
        long window = now.getEpochSecond() / WINDOW.toSeconds();
        return Instant.ofEpochSecond((window + 1) * WINDOW.toSeconds());
    }
}
