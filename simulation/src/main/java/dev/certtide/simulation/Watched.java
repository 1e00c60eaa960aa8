package dev.certtide.simulation;

import dev.certtide.model.Target;
import java.time.Duration;
import java.util.stream.Stream;

/** The schedule has what somebody wants to hear of, and nothing else: who comes while others go is not forgotten. */
final class Watched {
    static final String SCHEDULED = "what is scheduled is watched";

    /** What was asked has been heard by then, however late, and with whatever crashes. */
    private static final Duration LATEST = Duration.ofHours(6);

    private final World world;
    private final Trial trial;
    private final Deployment deployment;

    Watched(World world, Trial trial, Deployment deployment) {
        this.world = world;
        this.trial = trial;
        this.deployment = deployment;
    }

    /** Looks at all targets of which nothing was asked for a while. */
    void audit() {
        var heard = world.agenda().instant().minus(LATEST);
        world.hosts().keySet().stream()
                .filter(target ->
                        asked(target).allMatch(asked -> asked.changedAt().isBefore(heard)))
                .forEach(this::audit);
    }

    private void audit(Target target) {
        boolean isWatched = asked(target).anyMatch(Client.Asked::isActive);
        boolean isScheduled = deployment.kit().config().isScheduled(target);
        trial.hold(
                SCHEDULED,
                isScheduled == isWatched,
                "It is " + (isWatched ? "" : "not ") + "watched, and " + (isScheduled ? "" : "not ") + "on the schedule",
                target.id());
    }

    private Stream<Client.Asked> asked(Target target) {
        return world.clients().values().stream()
                .flatMap(client -> Stream.ofNullable(client.watches().get(target)));
    }
}
