package dev.certtide.failures;

import dev.certtide.kit.Config;
import dev.certtide.kit.Policies;
import dev.certtide.model.Watch;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.policy.Policy;
import java.util.Optional;

/** Whose policy counts: a watch's own before its owner's. */
final class OwnerPolicies {
    private final Config config;
    private final Policies policies;

    OwnerPolicies(Config config, Policies policies) {
        this.config = config;
        this.policies = policies;
    }

    Policy of(Watch watch) {
        return watch.policy().over(policies.of(watch.owner()));
    }

    /** That of an incident: of one target the watch's, of several the owner's. */
    Policy of(Incident incident) {
        return watch(incident).map(this::of).orElseGet(() -> policies.of(incident.owner()));
    }

    /** Whether the owner still wants to hear of it. */
    boolean isWatched(Incident incident) {
        boolean isShared = incident.cause().target().isEmpty();
        return !incident.isAbandoned()
                && (isShared || watch(incident).filter(watch -> !watch.paused()).isPresent());
    }

    private Optional<Watch> watch(Incident incident) {
        return incident.cause().target().flatMap(target -> config.watch(target, incident.owner()));
    }
}
