package dev.certtide.model.policy;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Required;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which trouble is expected: nothing is told, whatever its level, and at its end what remains.
 *
 * @param from its first instant
 * @param to the first instant after it
 * @param note what is being done
 */
public record Maintenance(Instant from, Instant to, Optional<String> note) {
    public Maintenance {
        Required.field("from", from);
        Required.field("to", to);
        if (!to.isAfter(from)) {
            throw new InvalidInputException("to", "must be later than from");
        }
    }

    /** When it ends, if {@code now} is in it. */
    public Optional<Instant> endAt(Instant now) {
        return now.isBefore(from) || !now.isBefore(to) ? Optional.empty() : Optional.of(to);
    }
}
