package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time of trouble with one target, from the first bad result to the first good one.
 *
 * @param id unique; the notifications of one incident share it
 * @param target whose trouble
 * @param level the status of the newest bad result, never {@link Status#OK}
 * @param openedAt when the first bad result was seen
 * @param lastResultAt the newest result that has been taken into account
 * @param resolvedAt when the first good result after it was seen
 * @param findings what the newest result found, worst first; empty once resolved
 * @param leaf the certificate that was served last
 */
@Json
public record Incident(
        String id,
        Target target,
        Status level,
        Instant openedAt,
        Instant lastResultAt,
        Optional<Instant> resolvedAt,
        List<Finding> findings,
        Optional<CertificateReport> leaf) {
    public Incident {
        Required.field("id", id);
        Required.field("target", target);
        Required.field("level", level);
        Required.field("openedAt", openedAt);
        Required.field("lastResultAt", lastResultAt);
        findings = List.copyOf(Required.field("findings", findings));
    }

    /** Whether the trouble lasts. */
    public boolean isOpen() {
        return resolvedAt.isEmpty();
    }
}
