package dev.certtide.model;

import io.avaje.jsonb.Json;

/**
 * How many timestamps of Certificate Transparency logs (SCTs) a server shows, by two of the three ways of RFC 6962, 3.3:
 * neither engine offers the third, the TLS extension. Their signatures are not verified.
 *
 * @param embedded in the leaf, 0 or more
 * @param stapled in the OCSP response that the server sends along, 0 or more
 */
@Json
public record SctReport(int embedded, int stapled) {
    public SctReport {
        if (embedded < 0 || stapled < 0) {
            throw new InvalidInputException("scts", "counts timestamps, and cannot be negative");
        }
    }
}
