package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A time of trouble with one target, from the first bad result to the first good one.
 *
 * @param id unique; notifications of one incident share it
 * @param target whose trouble
 * @param level the worst status so far, never {@link Status#OK}
 * @param openedAt when the first bad result was seen
 * @param lastResultAt the newest result that has been taken into account
 * @param resolvedAt when the first good result after it was seen
 */
@Json
public record Incident(
        String id, Target target, Status level, Instant openedAt, Instant lastResultAt, Optional<Instant> resolvedAt) {
    public Incident {
        Required.field("id", id);
        Required.field("target", target);
        Required.field("level", level);
        Required.field("openedAt", openedAt);
        Required.field("lastResultAt", lastResultAt);
    }

    /** Whether the trouble lasts. */
    public boolean isOpen() {
        return resolvedAt.isEmpty();
    }
}
