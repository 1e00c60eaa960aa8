package dev.certtide.simulation;

import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** A channel gets so many single messages in ten minutes, and the rest as one. */
final class Storms implements Hearing.Invariant {
    static final String STORMS = "no storm of messages";

    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** A digest may come at the same time. */
    private static final int MOST_SUMMARIES = 2;

    /** So many times ten minutes after a storm, its summary has come. */
    private static final int LASTS = 6;

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
        int most = isSummary ? MOST_SUMMARIES : client(notification).mostAtOnce(notification.channel());
        trial.hold(STORMS, count <= most, count + " messages within ten minutes to " + ear, ear.split(" ")[0]);
    }

    private Client client(Notification notification) {
        return world.clients().get(notification.owner());
    }

    /** Whether a channel got so many that some may be waiting for a summary. */
    boolean isOver(Told told) {
        int most = world.clients().get(told.owner()).leastAtOnce(told.channel());
        return LongStream.range(0, LASTS)
                .map(i -> window(told.at()) - i)
                .anyMatch(window -> counts.getOrDefault(told.ear() + " " + window, 0) >= most);
    }

    private static long window(Instant at) {
        return at.getEpochSecond() / WINDOW.toSeconds();
    }
}
