package dev.certtide.simulation;

import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A channel gets so many single messages in ten minutes, and the rest as one. */
final class Storms implements Hearing.Invariant {
    static final String STORMS = "no storm of messages";

    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** A digest may come at the same time. */
    private static final int MOST_SUMMARIES = 2;

    private final World world;
    private final Trial trial;
    private final Map<String, Integer> counts = new HashMap<>();

    Storms(World world, Trial trial) {
        this.world = world;
        this.trial = trial;
    }

    @Override
    public void check(Told told, Ear ear) {
        // By whole messages.
    }

    @Override
    public void check(Notification notification) {
        var ear = World.ear(notification.owner(), notification.channel());
        boolean isSummary = notification.kind() == Notification.Kind.SUMMARY;
        var at = isSummary ? world.agenda().instant() : notification.at();
        int count = counts.merge((isSummary ? "summary " : "") + ear + " " + window(at), 1, Integer::sum);
        int most = isSummary ? MOST_SUMMARIES : client(notification).mostAtOnce();
        trial.hold(STORMS, count <= most, count + " messages within ten minutes to " + ear, ear.split(" ")[0]);
    }

    private Client client(Notification notification) {
        return world.clients().get(notification.owner());
    }

    /** Whether a channel got so many that some may be waiting for a summary. */
    boolean isOver(String ear, Instant now) {
        var owner = ear.substring(0, ear.indexOf(" by "));
        int most = world.clients().entrySet().stream()
                .filter(client -> client.getKey().id().equals(owner))
                .mapToInt(client -> client.getValue().leastAtOnce())
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 6; i++) {
            if (counts.getOrDefault(ear + " " + (window(now) - i), 0) >= most) {
                return true;
            }
        }
        return false;
    }

    private static long window(Instant at) {
        return at.getEpochSecond() / WINDOW.toSeconds();
    }
}
