package dev.certtide.failures;

import dev.certtide.model.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened between two states of an incident, in words for those who ask later. Pure. */
final class Story {
    private Story() {}

    /** Something that happened. */
    record Step(Instant at, String what) {}

    static List<Step> of(Optional<Incident> before, Incident next, Instant now) {
        var known = before.filter(incident -> incident.id().equals(next.id()));
        var steps = new ArrayList<Step>();
        if (known.isEmpty()) {
            steps.add(new Step(next.openedAt(), "opened: " + next.level().word()));
        } else if (!next.reopenedAt().equals(known.get().reopenedAt())) {
            steps.add(new Step(next.since(), "opened again: " + next.level().word()));
        } else if (next.level() != known.get().level()) {
            steps.add(new Step(now, "level: " + next.level().word()));
        }
        if (known.filter(incident -> next.isExpired() && !incident.isExpired()).isPresent()) {
            steps.add(new Step(now, "the certificate has expired"));
        }
        next.answer()
                .filter(answer -> !known.flatMap(Incident::answer).equals(Optional.of(answer)))
                .ifPresent(answer -> steps.add(new Step(answer.at(), words(answer))));
        next.resolvedAt()
                .filter(at -> known.map(Incident::isOpen).orElse(false))
                .ifPresent(at -> steps.add(new Step(at, "resolved")));
        return steps;
    }

    private static String words(Incident.Answer answer) {
        return answer.kind().word()
                + answer.by().map(by -> " by " + by).orElse("")
                + answer.until().map(until -> " until " + until).orElse("");
    }
}
