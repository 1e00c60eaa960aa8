package dev.certtide.kit;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.policy.EagerMargins;
import dev.certtide.model.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Gatherers;

/** Has the schedule know when those who watch a target want to hear of its certificate's end. */
public final class TargetMargins {
    /** Owners of one target that are asked for their policies at once. */
    private static final int OWNERS_AT_ONCE = 8;

    /** Targets of one owner that are settled at once. */
    private static final int TARGETS_AT_ONCE = 8;

    private static final int MOST_ATTEMPTS = 10;

    private final Config config;
    private final Policies policies;

    /** Of these watches, by those policies. */
    public TargetMargins(Config config, Policies policies) {
        this.config = config;
        this.policies = policies;
    }

    /**
     * Settles scheduled targets as far as it matters: where neither their watches nor the owner say anything of it, one
     * read for all of them is what it costs. To be called after the watches were written.
     *
     * @param targets with the policies that the owner's watch had and has
     */
    public void settle(Owner owner, Map<Target, Set<Policy>> targets) {
        if (targets.isEmpty()) {
            return;
        }
        var ofOwner = policies.of(owner);
        targets.entrySet().stream()
                .filter(target -> target.getValue().stream().anyMatch(policy -> isEager(policy.over(ofOwner))))
                .gather(Gatherers.mapConcurrent(TARGETS_AT_ONCE, target -> {
                    settle(target.getKey());
                    return target;
                }))
                .forEach(_ -> {});
    }

    private static boolean isEager(Policy policy) {
        return !EagerMargins.of(List.of(policy)).equals(EagerMargins.NONE);
    }

    /**
     * Settles a scheduled target. To be called after a watch or a policy was written: whatever is written meanwhile is
     * seen by one of those who settle, since each looks once more after it has written.
     */
    public void settle(Target target) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (!config.putEager(target, wanted(target))) {
                return;
            }
        }
        throw new IllegalStateException("The watches of " + target + " and their policies change all the time");
    }

    private EagerMargins wanted(Target target) {
        return EagerMargins.of(config.watches(target).stream()
                .filter(watch -> !watch.paused())
                .gather(Gatherers.mapConcurrent(OWNERS_AT_ONCE, this::policy))
                .toList());
    }

    private Policy policy(Watch watch) {
        return watch.policy().over(policies.of(watch.owner()));
    }
}
