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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what each channel is told, so that no storm of messages comes over its owner.
 *
 * <p>Of each channel one item holds when there last was something to tell: as many times as may be told. Only what is
 * told when the oldest of them is ten minutes old goes out by itself, so in no ten minutes there are more; and a storm
 * that goes on is one, since what was gathered counts as well. Each message is one read and one conditional write.
 */
final class Bursts {
    /** As long as a summary of what is too much takes to come, at most. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final String SK = "BURST";
    private static final String TIMES = "times";
    private static final String MOST = "most";

    /** More at the same moment are a storm. */
    private static final int TRIES = 10;

    private final Table dedup;
    private final InstantSource clock;

    Bursts(Table dedup, InstantSource clock) {
        this.dedup = dedup;
        this.clock = clock;
    }

    /**
     * Counts one message.
     *
     * @param most how many may be told one by one in ten minutes
     * @return nothing when it may be told; else until when it is to be gathered
     */
    Optional<Instant> admit(Owner owner, Channel channel, int most) {
        var key = "burst#" + owner + "#" + Fingerprint.shortOf(channel.id());
        for (int i = 0; i < TRIES; i++) {
            var now = clock.instant();
            var before = dedup.get(key, SK);
            var times = before.map(Bursts::times).orElse(List.of()).stream()
                    .filter(time -> time > now.minus(WINDOW).toEpochMilli())
                    .toList();
            if (count(key, before, times, most, now)) {
                return times.size() < most ? Optional.empty() : Optional.of(end(now));
            }
        }
        return Optional.of(end(clock.instant()));
    }

    private boolean count(String key, Optional<Item> before, List<Long> times, int most, Instant now) {
        // Watches of one owner may differ in how much they want: the longest memory serves all.
        var longest =
                Math.max(most, before.flatMap(item -> item.findNumber(MOST)).orElse(0L));
        var all = Stream.concat(times.stream(), Stream.of(now.toEpochMilli()))
                .skip(Math.max(0, times.size() + 1 - longest))
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        return dedup.put(
                Item.of(key, SK)
                        .with(TIMES, all)
                        .with(MOST, longest)
                        .with("expiresAt", now.plus(WINDOW.multipliedBy(3)).getEpochSecond()),
                before.map(item -> Condition.equal(TIMES, item.get(TIMES))).orElse(Condition.absent()));
    }

    private static List<Long> times(Item item) {
        return Arrays.stream(item.get(TIMES).split(" ")).map(Long::valueOf).toList();
    }

    /** All that is too much in the same ten minutes by the clock comes in one summary. */
    private static Instant end(Instant now) {
        long window = now.getEpochSecond() / WINDOW.toSeconds();
        return Instant.ofEpochSecond((window + 1) * WINDOW.toSeconds());
    }
}
