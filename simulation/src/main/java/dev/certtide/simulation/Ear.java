package dev.certtide.simulation;

import dev.certtide.model.Status;
import dev.certtide.model.event.Notification.Kind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one channel was told about one cause: whether there is trouble, and how bad it was said to be, as far as heard. */
final class Ear {
    private final Map<Status, Instant> levels = new EnumMap<>(Status.class);
    private final Set<String> escalated = new HashSet<>();
    private boolean expired;
    private boolean troubled;
    private boolean unsure;
    private int doubts;
    private Instant since = Instant.MIN;
    private Instant heardAt = Instant.MIN;
    private Instant remindedAt = Instant.MIN;
    private boolean acknowledged;

    boolean isTroubled() {
        return troubled;
    }

    /** Whether something kept it from hearing all: a pause, or a summary that was too long. */
    boolean isUnsure() {
        return unsure;
    }

    /** Whatever comes next is right. */
    void doubt() {
        unsure = true;
        doubts++;
    }

    /** How often something kept it from hearing all. */
    int doubts() {
        return doubts;
    }

    /** The levels that it was told since trouble began, each with the time when. */
    Map<Status, Instant> levels() {
        return levels;
    }

    Instant since() {
        return since;
    }

    /** When it was told of trouble last. */
    Instant heardAt() {
        return heardAt;
    }

    Instant remindedAt() {
        return remindedAt;
    }

    /** Whether it was told that somebody is at it, and nothing since. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Whether it was told that the certificate has expired. */
    boolean isExpired() {
        return expired;
    }

    /** Whether it heard by escalation that it is as bad as that. */
    boolean wasEscalated(String level) {
        return escalated.contains(level);
    }

    /** The worst that it was told: 0 for nothing. */
    int gravity() {
        return levels.keySet().stream().mapToInt(Ear::gravity).max().orElse(0);
    }

    /** What can't be reached and what clients refuse are equally bad. */
    static int gravity(Status status) {
        return Math.min(status.ordinal(), Status.CRITICAL.ordinal());
    }

    void hear(Told told) {
        acknowledged = told.kind() == Kind.ACKNOWLEDGED;
        if (acknowledged) {
            return;
        }
        if (told.isEnd()) {
            troubled = false;
            unsure = false;
            forget();
            return;
        }
        if (!told.since().equals(since)) {
            if (unsure) {
                forget();
            }
            unsure = false;
        }
        troubled = true;
        heardAt = told.at();
        since = told.since();
        levels.putIfAbsent(told.status(), told.at());
        expired |= told.isExpired();
        switch (told.kind()) {
            case REMINDER -> remindedAt = told.at();
            case ESCALATED -> escalated.add(told.level());
            default -> {}
        }
    }

    private void forget() {
        levels.clear();
        escalated.clear();
        expired = false;
    }
}
