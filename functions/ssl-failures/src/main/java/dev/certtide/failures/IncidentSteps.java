package dev.certtide.failures;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Incident;
import dev.certtide.model.Status;
import java.util.List;
import java.util.Optional;

/** How an incident goes on when a result comes in. Pure: the same incident and result always give the same step. */
final class IncidentSteps {
    private IncidentSteps() {}

    /**
     * The incident after {@code result}, or empty when the result changes nothing: it is older than what is known, or
     * all is well and was.
     *
     * <p>The newest {@code checkedAt} wins, since results come twice and out of order. A result that comes again gives
     * the incident that it gave before.
     */
    static Optional<Incident> next(Optional<Incident> current, CheckResult result) {
        if (current.filter(incident -> result.checkedAt().isBefore(incident.lastResultAt()))
                .isPresent()) {
            return Optional.empty();
        }
        if (current.filter(incident -> result.checkedAt().equals(incident.lastResultAt()))
                .isPresent()) {
            return current;
        }
        var open = current.filter(Incident::isOpen);
        if (result.status() == Status.OK) {
            return open.map(incident -> resolve(incident, result));
        }
        return Optional.of(open.map(incident -> goOn(incident, result)).orElseGet(() -> open(result)));
    }

    private static Incident open(CheckResult result) {
        return new Incident(
                id(result),
                result.target(),
                result.status(),
                result.checkedAt(),
                result.checkedAt(),
                Optional.empty(),
                result.verdict().findings(),
                result.leaf());
    }

    private static Incident goOn(Incident incident, CheckResult result) {
        return new Incident(
                incident.id(),
                incident.target(),
                result.status(),
                incident.openedAt(),
                result.checkedAt(),
                Optional.empty(),
                result.verdict().findings(),
                result.leaf());
    }

    private static Incident resolve(Incident incident, CheckResult result) {
        return new Incident(
                incident.id(),
                incident.target(),
                incident.level(),
                incident.openedAt(),
                result.checkedAt(),
                Optional.of(result.checkedAt()),
                List.of(),
                result.leaf());
    }

    /** Made from the result that opens it, so that the same result delivered twice opens the same incident. */
    private static String id(CheckResult result) {
        return "inc_" + Fingerprint.shortOf(result.target().id() + " " + result.checkedAt());
    }
}
