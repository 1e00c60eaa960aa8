package dev.certtide.simulation;

import dev.certtide.model.event.Notification;
import java.util.HashMap;
import java.util.Map;

/** At one instant a channel is told one thing about an incident: of two the weightier. */
final class Instants implements Hearing.Invariant {
    static final String ONE = "never two messages about one incident at one instant";

    private final Trial trial;
    private final Map<String, Notification> seen = new HashMap<>();

    Instants(Trial trial) {
        this.trial = trial;
    }

    @Override
    public void check(Told told, Ear ear) {
        // By whole messages.
    }

    @Override
    public void check(Notification notification) {
        var before = seen.put(
                World.ear(notification.owner(), notification.channel()) + " " + notification.incident() + " "
                        + notification.at(),
                notification);
        trial.hold(
                ONE,
                before == null,
                before == null ? "" : before + "\nand " + notification,
                notification.target().id(),
                notification.owner().id());
    }
}
