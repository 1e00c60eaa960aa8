package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What a certificate says of itself.
 *
 * @param subject distinguished name, RFC 2253
 * @param issuer distinguished name, RFC 2253
 * @param serialNumber lower-case hex without leading zeros
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity
 * @param names subject alternative names (DNS names and IP addresses), at most {@link #MOST_NAMES}
 * @param omittedNames how many more names the certificate has
 * @param keyAlgorithm for example {@code EC P-256} or {@code RSA 2048}
 * @param signatureAlgorithm the JDK's standard name, for example {@code SHA256withECDSA}
 * @param sha256 fingerprint of the encoded certificate, lower-case hex
 */
@Json
public record CertificateReport(
        String subject,
        String issuer,
        String serialNumber,
        Instant notBefore,
        Instant notAfter,
        List<String> names,
        int omittedNames,
        String keyAlgorithm,
        String signatureAlgorithm,
        String sha256) {
    /** Certificates with thousands of names exist, and a result must fit into a message of 256 KiB. */
    public static final int MOST_NAMES = 100;

    public CertificateReport {
        Required.field("subject", subject);
        Required.field("issuer", issuer);
        Required.field("serialNumber", serialNumber);
        Required.field("notBefore", notBefore);
        Required.field("notAfter", notAfter);
        Required.field("keyAlgorithm", keyAlgorithm);
        Required.field("signatureAlgorithm", signatureAlgorithm);
        Required.field("sha256", sha256);
        names = List.copyOf(Required.field("names", names));
    }
}
