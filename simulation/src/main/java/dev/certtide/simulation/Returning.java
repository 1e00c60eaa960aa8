package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Whoever stops to watch a host for a while, and comes back to one that is in trouble, hears of it, whatever was told before. */
final class Returning {
    static final String HEARS = "whoever is back hears of what stands";

    /** Who is away for less may not have been missed. */
    private static final Duration NOTICED = Duration.ofHours(2);

    /** What is not well is told at least once in {@link Truth}'s time, and waits for a quiet night to be over. */
    private static final Duration TO_HEAR = Duration.ofHours(76);

    private final World world;
    private final Trial trial;
    private final Truth truth;
    private final Hearing hearing;
    private final Map<Client.Asked, Instant> away = new HashMap<>();

    Returning(World world, Trial trial, Truth truth, Hearing hearing) {
        this.world = world;
        this.trial = trial;
        this.truth = truth;
        this.hearing = hearing;
    }

    void left(Client client, Target target) {
        away.put(client.watches().get(target), now());
    }

    void back(Client client, Target target) {
        var leftAt = away.remove(client.watches().get(target));
        if (leftAt == null || now().isBefore(leftAt.plus(NOTICED)) || client.hasDigest()) {
            return;
        }
        var back = now();
        world.agenda().in(TO_HEAR, () -> audit(client, target, back));
    }

    private void audit(Client client, Target target, Instant back) {
        var asked = client.watches().get(target);
        var host = world.hosts().get(target);
        var own = Cause.of(target).id();
        boolean isSame = asked.changedAt().equals(back)
                && asked.answeredAt().isBefore(back)
                && host.changedAt().isBefore(back)
                && truth.causes(host, client, back).contains(own)
                && truth.causes(host, client, now()).contains(own);
        if (isSame) {
            asked.channels().stream()
                    .filter(channel -> client.policy(target).leastLevel(channel) == Status.WARNING)
                    .forEach(channel -> audit(client, target, channel, back));
        }
    }

    private void audit(Client client, Target target, Channel channel, Instant back) {
        var ear =
                hearing.ear(World.ear(client.owner(), channel), Cause.of(target).id());
        trial.hold(
                HEARS,
                !ear.heardAt().isBefore(back),
                "Back since " + back + ", and nothing was told to " + World.ear(client.owner(), channel),
                target.id(),
                "world");
    }

    private Instant now() {
        return world.agenda().instant();
    }
}
