package dev.certtide.failures;

import dev.certtide.kit.Config;
import dev.certtide.kit.Queue;
import dev.certtide.kit.Results;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Incident;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes results into account, one step at a time, so that a crash between any two steps leaves something that the
 * repetition of the same result finishes: mark, incident, notifications, ledger.
 */
final class Incidents {
    private final Results results;
    private final Ledger ledger;
    private final Config config;
    private final Queue notifications;
    private final InstantSource clock;

    Incidents(Results results, Ledger ledger, Config config, Queue notifications, InstantSource clock) {
        this.results = results;
        this.ledger = ledger;
        this.config = config;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Takes a result into account, whenever and however often it comes. */
    void apply(CheckResult result) {
        var current = results.incident(result.target());
        var next = IncidentSteps.next(current, result);
        if (next.isEmpty()) {
            // A mark that was set while somebody else resolved the incident would never be taken away otherwise.
            current.filter(known -> !known.isOpen()).ifPresent(over -> config.clearIncident(over.target(), over.id()));
            return;
        }
        var incident = next.get();
        var news = newer(current, incident, result);
        if (news.isPresent()) {
            apply(news.get());
            return;
        }
        if (incident.isOpen()) {
            config.markIncident(incident.target(), incident.id());
        }
        if (!next.equals(current) && !results.put(incident, current)) {
            apply(result); // Somebody else took a step meanwhile; the result is judged again on top of it.
            return;
        }
        tell(incident);
        if (!incident.isOpen()) {
            config.clearIncident(incident.target(), incident.id());
        }
    }

    /**
     * A newer result than one that is about to open an incident. Good results leave no trace here, so an old bad one
     * that comes late would look like new trouble.
     */
    private Optional<CheckResult> newer(Optional<Incident> current, Incident next, CheckResult result) {
        var opens = next.isOpen() && current.filter(Incident::isOpen).isEmpty();
        return opens
                ? results.latest(result.target())
                        .filter(latest -> latest.checkedAt().isAfter(result.checkedAt()))
                : Optional.empty();
    }

    /** Tells those who have not been told yet how it stands with a target. */
    void tell(Target target) {
        results.incident(target).filter(Incident::isOpen).ifPresent(this::tell);
    }

    private void tell(Incident incident) {
        // Read after the incident was written: see the registry, which writes a watch and then reads the incident.
        var watches = config.watches(incident.target());
        for (var notification : Decisions.decide(incident, watches, ledger.told(incident), clock.instant())) {
            // Handed over before it is recorded: the other way round, a crash in between would swallow it. The notifier
            // tells each key once.
            notifications.send(List.of(message(notification)));
            ledger.record(incident, notification);
        }
    }

    private static String message(Notification notification) {
        return CloudEvent.of(
                        EventType.NOTIFICATION_DECIDED,
                        notification.key(),
                        "ssl-failures",
                        notification.target().id(),
                        notification.at(),
                        Optional.empty(),
                        notification)
                .write();
    }
}
