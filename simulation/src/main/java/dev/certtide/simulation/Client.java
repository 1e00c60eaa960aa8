package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Somebody who watches hosts, as it was asked for.
 *
 * @param policy what the owner wants of all
 * @param watches by target
 */
record Client(Owner owner, Policy policy, Map<Target, Asked> watches) {
    private static final int USUAL_AT_ONCE = 10;

    Client(Owner owner, Policy policy) {
        this(owner, policy, new LinkedHashMap<>());
    }

    /** A watch, as it was asked for. */
    static final class Asked {
        private final List<Channel> channels;
        private final Policy policy;
        private boolean active = true;
        private Instant changedAt;
        private Instant answeredAt = Instant.MIN;
        private Instant snoozedUntil = Instant.MIN;

        Asked(List<Channel> channels, Policy policy, Instant now) {
            this.channels = channels;
            this.policy = policy;
            this.changedAt = now;
        }

        List<Channel> channels() {
            return channels;
        }

        Policy own() {
            return policy;
        }

        /** Whether it is neither paused nor removed. */
        boolean isActive() {
            return active;
        }

        /** When it was added, paused, resumed or removed last. */
        Instant changedAt() {
            return changedAt;
        }

        void change(boolean nowActive, Instant now) {
            active = nowActive;
            changedAt = now;
        }

        /** When somebody said something to an incident of it last, or the snooze ended that was asked for then. */
        Instant answeredAt() {
            return answeredAt.isAfter(snoozedUntil) ? answeredAt : snoozedUntil;
        }

        boolean wasSnoozed() {
            return snoozedUntil.isAfter(Instant.MIN);
        }

        void answer(Instant now, Optional<Instant> until) {
            answeredAt = now;
            until.filter(snoozedUntil::isBefore).ifPresent(end -> snoozedUntil = end);
        }
    }

    /** What counts for a watch: its own wishes before the owner's. */
    Policy policy(Target target) {
        return Optional.ofNullable(watches.get(target))
                .map(asked -> asked.own().over(policy))
                .orElse(policy);
    }

    /** Whether anything is summed up by wish. */
    boolean hasDigest() {
        return Stream.concat(Stream.of(policy), watches.values().stream().map(Asked::own))
                .anyMatch(one -> one.digest().isPresent());
    }

    /** How many messages a channel gets at once, by the strictest of its policies. */
    int leastAtOnce(Channel channel) {
        return limits(channel).min().orElse(USUAL_AT_ONCE);
    }

    /** The same by the most generous. */
    int mostAtOnce(Channel channel) {
        return limits(channel).max().orElse(USUAL_AT_ONCE);
    }

    /** Programs get all. */
    private IntStream limits(Channel channel) {
        return isProgram(channel)
                ? IntStream.of(Integer.MAX_VALUE)
                : Stream.concat(Stream.of(policy), watches.keySet().stream().map(this::policy))
                        .mapToInt(one -> one.mostAtOnce().orElse(USUAL_AT_ONCE));
    }

    static boolean isProgram(Channel channel) {
        return channel instanceof Channel.Webhook || channel instanceof Channel.PagerDuty;
    }
}
