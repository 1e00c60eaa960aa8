package dev.certtide.failures;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Incident;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What has been handed over to be told, kept in {@code Results} for as long as the target's incidents. */
final class Ledger {
    private static final String TOLD = "TOLD#";

    private final Table results;

    Ledger(Table results) {
        this.results = results;
    }

    /** All that was told in the course of an incident. */
    Set<Told> told(Incident incident) {
        return results.query(pk(incident), TOLD + incident.id() + "#").stream()
                .map(item -> new Told(new Owner(item.get("owner")), item.get("channel"), status(item.get("status"))))
                .collect(Collectors.toSet());
    }

    /** Records a notification; recording it again changes nothing. */
    void record(Incident incident, Notification notification) {
        results.put(Item.of(pk(incident), TOLD + notification.key())
                .with("owner", notification.owner().id())
                .with("channel", notification.channel().id())
                .with("status", notification.status().word())
                .with("kind", notification.kind().word())
                .with("decidedAt", notification.at().toString()));
    }

    private static Status status(String word) {
        return Arrays.stream(Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The ledger holds the unknown status " + word));
    }

    private static String pk(Incident incident) {
        return "TARGET#" + incident.target().id();
    }
}
