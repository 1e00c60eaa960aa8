package dev.certtide.failures;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Counts what each channel is told, so that no storm of messages comes over its owner. */
final class Bursts {
    /** As long as a summary of what is too much takes to come, at most. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final String SK = "BURST";
    private static final String COUNT = "count";

    private final Table dedup;
    private final InstantSource clock;

    Bursts(Table dedup, InstantSource clock) {
        this.dedup = dedup;
        this.clock = clock;
    }

    /**
     * Counts one message.
     *
     * @param most how many may be told one by one in a window
     * @return nothing when it may be told; else until when it is to be gathered
     */
    Optional<Instant> admit(Owner owner, Channel channel, int most) {
        long window = clock.instant().getEpochSecond() / WINDOW.toSeconds();
        var key = "burst#" + owner + "#" + Fingerprint.shortOf(channel.id()) + "#";
        // A storm that goes on is one: it does not begin anew with each window.
        boolean isStorm = count(key + (window - 1)) > most;
        if (!isStorm && take(key + window, most)) {
            return Optional.empty();
        }
        dedup.add(key + window, SK, Map.of(COUNT, 1L), Condition.absentOrAtMost(COUNT, Long.MAX_VALUE));
        return Optional.of(Instant.ofEpochSecond((window + 1) * WINDOW.toSeconds()));
    }

    private long count(String key) {
        return dedup.get(key, SK).flatMap(item -> item.findNumber(COUNT)).orElse(0L);
    }

    private boolean take(String key, int most) {
        var first = Item.of(key, SK)
                .with(COUNT, 1)
                .with("expiresAt", clock.instant().plus(WINDOW.multipliedBy(3)).getEpochSecond());
        return dedup.put(first, Condition.absent())
                || dedup.add(key, SK, Map.of(COUNT, 1L), Condition.absentOrAtMost(COUNT, most - 1L));
    }
}
