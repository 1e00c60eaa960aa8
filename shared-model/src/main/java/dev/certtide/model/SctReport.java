package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.util.Optional;

/**
 * How many timestamps of Certificate Transparency logs (SCTs) a server shows, by the three ways of RFC 6962, 3.3. Their
 * signatures are not verified.
 *
 * @param embedded in the leaf
 * @param stapled in the OCSP response that the server sends along
 * @param inHandshake in the TLS extension {@code signed_certificate_timestamp}; absent where it was not asked for
 */
@Json
public record SctReport(int embedded, int stapled, Optional<Integer> inHandshake) {
    public SctReport {
        if (embedded < 0 || stapled < 0 || inHandshake.orElse(0) < 0) {
            throw new InvalidInputException("scts", "counts timestamps, and cannot be negative");
        }
    }
}
