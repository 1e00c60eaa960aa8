package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;

/**
 * No certificate ends in silence: whoever watches it hears that it has expired, also who knew that it would, and who said
 * something to that. Passed over is whoever wanted to be left alone all the time, and whoever was disturbed.
 */
final class Ended {
    static final String TOLD = "no certificate ends in silence";

    /** The earliest renewal of what was forgotten comes later. */
    private static final Duration TO_HEAR = Duration.ofHours(9);

    /** What is critical is checked every hour; what happened before it ended is known by then. */
    private static final Duration TO_SEE = Duration.ofHours(3);

    private static final Duration TO_TELL = Duration.ofMinutes(45);
    private static final Duration STRIDE = Duration.ofMinutes(20);

    private final World world;
    private final Trial trial;
    private final Hearing hearing;
    private final Providers providers;

    Ended(World world, Trial trial, Hearing hearing, Providers providers) {
        this.world = world;
        this.trial = trial;
        this.hearing = hearing;
        this.providers = providers;
    }

    /** The newest certificate of that host ends this moment. */
    void end(Host host) {
        var end = world.agenda().instant();
        world.agenda().in(TO_HEAR, () -> audit(host, end));
    }

    private void audit(Host host, Instant end) {
        if (host.changedAt().isAfter(end.minus(TO_SEE)) || !host.isReachable() || host.isSplit()) {
            return;
        }
        world.clients().values().stream()
                .filter(client -> client.watches().containsKey(host.target()))
                .filter(client -> isUndisturbed(client.watches().get(host.target()), end))
                .forEach(client -> client.watches()
                        .get(host.target())
                        .channels()
                        .forEach(channel -> audit(host, client, channel, end)));
    }

    private static boolean isUndisturbed(Client.Asked asked, Instant end) {
        return asked.isActive()
                && asked.changedAt().isBefore(end.minus(TO_SEE))
                && asked.answeredAt().isBefore(end);
    }

    private void audit(Host host, Client client, Channel channel, Instant end) {
        var policy = client.policy(host.target());
        boolean isGathered = !Client.isProgram(channel)
                && policy.digest()
                        .filter(digest -> digest.holds(Status.CRITICAL))
                        .isPresent();
        if (isGathered
                || policy.leastLevel(channel).compareTo(Status.CRITICAL) > 0
                || providers.hasRefused(client.owner(), channel, end.minus(Duration.ofDays(1)), now())
                || !hadChance(policy, end)) {
            return;
        }
        var ear = hearing.ear(
                World.ear(client.owner(), channel), Cause.of(host.target()).id());
        trial.hold(
                TOLD,
                ear.isExpired() || ear.isUnsure(),
                "Not told that it expired " + end + " to " + World.ear(client.owner(), channel) + ", but "
                        + ear.levels(),
                host.target().id(),
                "world");
    }

    private boolean hadChance(Policy policy, Instant end) {
        for (var at = end.plus(TO_SEE); at.isBefore(now().minus(TO_TELL)); at = at.plus(STRIDE)) {
            if (!Calm.isWanted(policy, Status.CRITICAL, at)) {
                return true;
            }
        }
        return false;
    }

    private Instant now() {
        return world.agenda().instant();
    }
}
