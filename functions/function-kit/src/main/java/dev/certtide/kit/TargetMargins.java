package dev.certtide.kit;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.policy.EagerMargins;
import dev.certtide.model.policy.Margin;
import dev.certtide.model.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * What became of one owner's watch on a target.
     *
     * @param before its policy, if it was one that its owner heard of
     * @param after its policy, if it is
     */
    public record Change(Optional<Policy> before, Optional<Policy> after) {}

    /**
     * Settles scheduled targets as far as it matters: where neither their watches nor the owner say anything of it, one
     * read for all of them is what it costs, and one more for each whose schedule has it all already, however many watch
     * it. To be called after the watches were written.
     */
    public void settle(Owner owner, Map<Target, Change> targets) {
        if (targets.isEmpty()) {
            return;
        }
        var ofOwner = policies.of(owner);
        targets.entrySet().stream()
                .gather(Gatherers.mapConcurrent(TARGETS_AT_ONCE, target -> {
                    settle(target.getKey(), target.getValue(), ofOwner);
                    return target;
                }))
                .forEach(_ -> {});
    }

    private void settle(Target target, Change change, Policy ofOwner) {
        var before = margins(change.before(), ofOwner);
        var after = margins(change.after(), ofOwner);
        boolean isNothing = before.isEmpty() && after.isEmpty();
        boolean isTakenAway = !after.containsAll(before);
        if (isTakenAway || !isNothing && !config.eager(target).margins().containsAll(after)) {
            settle(target);
        }
    }

    private static List<Margin> margins(Optional<Policy> policy, Policy ofOwner) {
        return EagerMargins.of(policy.stream().map(own -> own.over(ofOwner)).toList())
                .margins();
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

    /** When those who watch a target want to hear of it. */
    public EagerMargins wanted(Target target) {
        return EagerMargins.of(config.watches(target).stream()
                .filter(watch -> !watch.paused())
                .gather(Gatherers.mapConcurrent(OWNERS_AT_ONCE, this::policy))
                .toList());
    }

    private Policy policy(Watch watch) {
        return watch.policy().over(policies.of(watch.owner()));
    }
}
