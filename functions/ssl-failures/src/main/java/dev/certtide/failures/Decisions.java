package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Incident;
import dev.certtide.model.Status;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to tell now. Pure: an incident, who watches, and what was told already.
 *
 * <ul>
 *   <li>Each owner hears of each level of an incident once per channel.
 *   <li>A milder level after a worse one is not news; the end of the trouble is.
 *   <li>The end is told to those, and only those, who were told of the trouble.
 *   <li>Who paused a watch hears nothing.
 * </ul>
 */
final class Decisions {
    private Decisions() {}

    static List<Notification> decide(Incident incident, List<Watch> watches, Set<Told> told, Instant now) {
        return watches.stream()
                .filter(watch -> !watch.paused())
                .flatMap(watch -> watch.channels().stream()
                        .distinct()
                        .flatMap(channel -> decide(incident, watch, channel, told, now).stream()))
                .toList();
    }

    private static Optional<Notification> decide(
            Incident incident, Watch watch, Channel channel, Set<Told> told, Instant now) {
        var statusesTold = told.stream()
                .filter(one ->
                        one.owner().equals(watch.owner()) && one.channel().equals(channel.id()))
                .map(Told::status)
                .toList();
        if (!incident.isOpen()) {
            return statusesTold.isEmpty() || statusesTold.contains(Status.OK)
                    ? Optional.empty()
                    : Optional.of(notification(incident, Kind.RECOVERED, Status.OK, watch, channel, now));
        }
        var level = incident.level();
        if (statusesTold.contains(level) || statusesTold.stream().anyMatch(worse -> gravity(worse) > gravity(level))) {
            return Optional.empty();
        }
        var kind = statusesTold.isEmpty() ? Kind.OPENED : Kind.CHANGED;
        return Optional.of(notification(incident, kind, level, watch, channel, now));
    }

    /** Not reachable and refused by clients are equally bad, and one after the other is news. */
    private static int gravity(Status status) {
        return switch (status) {
            case OK -> 0;
            case WARNING -> 1;
            case CRITICAL, UNREACHABLE -> 2;
        };
    }

    private static Notification notification(
            Incident incident, Kind kind, Status status, Watch watch, Channel channel, Instant now) {
        return new Notification(
                String.join("#", incident.id(), watch.owner().id(), status.word(), Fingerprint.shortOf(channel.id())),
                kind,
                watch.owner(),
                channel,
                incident.target(),
                status,
                incident.id(),
                incident.openedAt(),
                now,
                incident.findings(),
                incident.leaf());
    }
}
