package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.policy.Policy;
import java.time.Duration;

/** Nothing is told in quiet hours and maintenance. */
final class Quiet implements Hearing.Invariant {
    static final String QUIET = "quiet hours and maintenance hold";

    private static final Duration ON_ITS_WAY = Duration.ofHours(1);

    private final World world;
    private final Trial trial;

    Quiet(World world, Trial trial) {
        this.world = world;
        this.trial = trial;
    }

    @Override
    public void check(Told told, Ear ear) {
        var client = world.clients().get(told.owner());
        // A digest comes when it was wished for; that somebody is at it keeps pagers from calling.
        if (told.inSummary() && client.hasDigest() || told.kind() == Kind.ACKNOWLEDGED || isLeft(told, client)) {
            return;
        }
        var level = told.isEnd() ? Status.WARNING : told.status();
        trial.hold(
                QUIET,
                !Calm.isWanted(policy(client, told), level, told.at()),
                "Told when nothing was to be told: " + told + " by " + policy(client, told),
                told.target().id(),
                told.owner().id());
    }

    /** Of what nobody watches any more pagers hear the end, whenever that is: it keeps them from calling. */
    private static boolean isLeft(Told told, Client client) {
        return told.isEnd()
                && told.channel() instanceof Channel.PagerDuty
                && client.watches().values().stream()
                        .anyMatch(asked -> !asked.isActive()
                                || asked.changedAt().isAfter(told.at().minus(ON_ITS_WAY)));
    }

    private static Policy policy(Client client, Told told) {
        boolean isShared =
                !told.cause().orElseThrow().equals(Cause.of(told.target()).id());
        return isShared ? client.policy() : client.policy(told.target());
    }

    @Override
    public void check(Notification notification) {
        // By what it tells.
    }
}
