package dev.certtide.simulation;

import dev.certtide.model.policy.Margin;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.Profile;
import java.time.Duration;

/**
 * How long before the end of a certificate its owner is to hear of it, from the words of {@code docs/policies.md} and
 * {@code docs/findings.md}; on purpose not by the code that decides.
 */
interface Margins {
    /** Of who has no wishes. */
    Margins STANDARD = figures(25, 30, 10, 7);

    /** Of who renews by hand. */
    Margins MANUAL = figures(50, 45, 20, 14);

    Duration warning(Duration lifetime);

    Duration critical(Duration lifetime);

    /** Those of a policy. */
    static Margins of(Policy policy) {
        var usual = policy.profile().filter(Profile.MANUAL::equals).isPresent() ? MANUAL : STANDARD;
        return new Margins() {
            @Override
            public Duration warning(Duration lifetime) {
                return policy.warning().map(margin -> margin.of(lifetime)).orElseGet(() -> usual.warning(lifetime));
            }

            @Override
            public Duration critical(Duration lifetime) {
                var own = policy.critical().map(margin -> margin.of(lifetime));
                var half = policy.warning()
                        .map((Margin margin) -> margin.of(lifetime).dividedBy(2));
                return own.orElseGet(() -> half.map(most -> least(most, usual.critical(lifetime)))
                        .orElseGet(() -> usual.critical(lifetime)));
            }
        };
    }

    private static Margins figures(int warningShare, int warningDays, int criticalShare, int criticalDays) {
        return new Margins() {
            @Override
            public Duration warning(Duration lifetime) {
                return least(lifetime.multipliedBy(warningShare).dividedBy(100), Duration.ofDays(warningDays));
            }

            @Override
            public Duration critical(Duration lifetime) {
                return least(lifetime.multipliedBy(criticalShare).dividedBy(100), Duration.ofDays(criticalDays));
            }
        };
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
