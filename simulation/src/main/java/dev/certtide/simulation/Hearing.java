package dev.certtide.simulation;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.model.incident.Cause;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What all ears have heard. A notification counts from when it is on its way: on which way it goes, and how late it comes,
 * is not what was decided. The same key is the same message, as providers have it.
 */
final class Hearing {
    private final World world;
    private final Trial trial;
    private final Reading reading;
    private final List<Invariant> invariants;
    private final Consumer<Notification> decided;
    private final Map<String, Notification> sent = new HashMap<>();
    private final Map<String, Map<String, Ear>> ears = new LinkedHashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /** What must hold whenever somebody is told something. */
    interface Invariant {
        /** Before the ear has heard it. */
        void check(Told told, Ear ear);

        /** Of a whole message, be it a single one or a summary. */
        default void check(Notification notification) {}
    }

    /** @param decided hears of each, once */
    Hearing(World world, Trial trial, Reading reading, List<Invariant> invariants, Consumer<Notification> decided) {
        this.world = world;
        this.trial = trial;
        this.reading = reading;
        this.invariants = invariants;
        this.decided = decided;
    }

    /** Messages are on their way. */
    void send(List<String> bodies) {
        bodies.stream()
                .map(body -> CloudEvent.read(Notification.class, body).data())
                .forEach(this::send);
    }

    private void send(Notification notification) {
        var known = sent.putIfAbsent(notification.key(), notification);
        if (known != null) {
            trial.hold(
                    "one key, one message",
                    saysAll(known, notification),
                    known + "\nand " + notification,
                    notification.target().id());
            return;
        }
        counts.merge(notification.kind().word(), 1L, Long::sum);
        decided.accept(notification);
        invariants.forEach(invariant -> invariant.check(notification));
        if (notification.omittedLines() > 0) {
            doubt(notification.owner());
        }
        reading.of(notification).forEach(this::hear);
    }

    /** Whether who got the one has missed nothing of the other. Of a summary, what was recorded is not repeated. */
    private static boolean saysAll(Notification one, Notification other) {
        boolean isSummary = one.kind() == Notification.Kind.SUMMARY;
        return one.kind() == other.kind()
                && one.channel().equals(other.channel())
                && one.owner().equals(other.owner())
                && (isSummary || one.status() == other.status())
                && (one.omittedLines() > 0 || other.lines().stream().allMatch(line -> isIn(one, line)));
    }

    /** It tells the newest of each incident. */
    private static boolean isIn(Notification summary, Notification.Line line) {
        return summary.lines().stream()
                .anyMatch(known ->
                        known.target().equals(line.target()) && known.since().equals(line.since()));
    }

    private void hear(Told told) {
        world.story().tell(told.target().id() + " " + told.owner(), "TOLD " + told);
        if (told.cause().isEmpty()) {
            doubt(told.owner());
            return;
        }
        var ear = ear(told.ear(), told.cause().get());
        invariants.forEach(invariant -> invariant.check(told, ear));
        ear.hear(told);
    }

    Ear ear(String name, String cause) {
        return ears.computeIfAbsent(name, _ -> new LinkedHashMap<>()).computeIfAbsent(cause, _ -> new Ear());
    }

    /** All ears, by name and cause. */
    Map<String, Map<String, Ear>> ears() {
        return ears;
    }

    /** What was told to an owner so far is no measure for what will be. */
    void doubt(Owner owner) {
        doubt(owner, _ -> true);
    }

    /**
     * The same, of one target: somebody wants to hear nothing of it for a while. Nor of trouble that many share, if it was
     * the last of them.
     */
    void doubt(Owner owner, Target target) {
        doubt(owner, cause -> cause.equals(Cause.of(target).id()) || !cause.startsWith("target:"));
    }

    private void doubt(Owner owner, Predicate<String> causes) {
        ears.forEach((name, byCause) -> {
            if (name.startsWith(owner + " by ")) {
                byCause.forEach((cause, ear) -> {
                    if (causes.test(cause)) {
                        ear.doubt();
                    }
                });
            }
        });
    }

    /** How many messages there were, by kind. */
    Map<String, Long> counts() {
        return counts;
    }
}
