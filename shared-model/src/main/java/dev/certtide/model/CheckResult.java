package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One check of one target: the data of a {@code dev.certtide.ssl.checked.v1} event.
 *
 * @param target what was checked
 * @param checkedAt when the check began; of two results for a target the newer one wins
 * @param verdict what it came to
 * @param addresses what was seen on each address, empty when the name did not resolve to any that may be visited
 */
@Json
public record CheckResult(Target target, Instant checkedAt, Verdict verdict, List<AddressReport> addresses) {
    public CheckResult {
        Required.field("target", target);
        Required.field("checkedAt", checkedAt);
        Required.field("verdict", verdict);
        addresses = List.copyOf(Required.field("addresses", addresses));
    }

    /** Shorthand for the verdict's status. */
    public Status status() {
        return verdict.status();
    }

    /** The first leaf that was seen on any address. */
    public Optional<CertificateReport> leaf() {
        return addresses.stream().flatMap(address -> address.chain().stream().limit(1)).findFirst();
    }
}
