package dev.certtide.simulation;

import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A channel gets so many single messages in ten minutes, and the rest as one. */
final class Storms implements Hearing.Invariant {
    static final String STORMS = "no storm of messages";

    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** They are counted by the minute. */
    private static final Duration COUNTED = WINDOW.plusMinutes(1);

    private static final int MOST_REMEMBERED = 2_000;
    /** Two in a row may be a little less than ten minutes apart, and a digest may come between. */
    private static final int MOST_SUMMARIES = 3;

    /** So many times ten minutes after a storm, its summary has come. */
    private static final int LASTS = 6;

    private final World world;
    private final Trial trial;
    private final Map<String, Deque<Instant>> times = new HashMap<>();

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
        if (notification.kind() == Notification.Kind.ACKNOWLEDGED) {
            return; // It keeps pagers from calling.
        }
        var ear = World.ear(notification.owner(), notification.channel());
        boolean isSummary = notification.kind() == Notification.Kind.SUMMARY;
        var at = isSummary ? world.agenda().instant() : notification.at();
        var all = times.computeIfAbsent((isSummary ? "summary " : "") + ear, _ -> new ArrayDeque<>());
        all.add(at);
        while (all.size() > MOST_REMEMBERED) {
            all.remove();
        }
        long count = all.stream()
                .filter(time -> time.isAfter(at.minus(WINDOW)) && !time.isAfter(at))
                .count();
        int most = isSummary ? MOST_SUMMARIES : client(notification).mostAtOnce(notification.channel());
        trial.hold(STORMS, count <= most, count + " messages within ten minutes to " + ear, ear.split(" ")[0]);
    }

    private Client client(Notification notification) {
        return world.clients().get(notification.owner());
    }

    /** Whether a channel got so many that some may be waiting for a summary. */
    boolean isOver(Told told) {
        int most = world.clients().get(told.owner()).leastAtOnce(told.channel());
        var all = times.getOrDefault(told.ear(), new ArrayDeque<>()).stream()
                .filter(time -> time.isAfter(told.at().minus(WINDOW.multipliedBy(LASTS))))
                .sorted()
                .toList();
        return IntStream.rangeClosed(0, all.size() - most)
                .anyMatch(
                        i -> Duration.between(all.get(i), all.get(i + most - 1)).compareTo(COUNTED) <= 0);
    }
}
