package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
 * @param publicKeySha256 fingerprint of the key (SubjectPublicKeyInfo, DER), lower-case hex; absent in reports from
 *     before it was told
 * @param purposes what the extended key usage names, {@code serverAuth} and {@code clientAuth} by these words, others by
 *     their object identifiers, at most {@link #MOST_PURPOSES}; absent without such an extension, and in reports from
 *     before it was told
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
        String sha256,
        Optional<String> publicKeySha256,
        Optional<List<String>> purposes) {
    /** Certificates with thousands of names exist, and a result must fit into a message of 256 KiB. */
    public static final int MOST_NAMES = 100;

    /** More than any certificate for servers has a use for. */
    public static final int MOST_PURPOSES = 10;

    private static final String CLIENT_AUTH = "clientAuth";

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
        purposes = purposes.map(List::copyOf);
    }

    /** A report of which neither the key nor the purposes are known. */
    public CertificateReport(
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
        this(
                subject,
                issuer,
                serialNumber,
                notBefore,
                notAfter,
                names,
                omittedNames,
                keyAlgorithm,
                signatureAlgorithm,
                sha256,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same, with some of the names.
     *
     * @param some of those that it tells; the others count as omitted
     */
    public CertificateReport naming(List<String> some) {
        return new CertificateReport(
                subject,
                issuer,
                serialNumber,
                notBefore,
                notAfter,
                some,
                omittedNames + names.size() - some.size(),
                keyAlgorithm,
                signatureAlgorithm,
                sha256,
                publicKeySha256,
                purposes);
    }

    /** How long it is valid, both ends included (RFC 5280, 4.1.2.5). */
    public Duration lifetime() {
        return Duration.between(notBefore, notAfter).plusSeconds(1);
    }

    /** Whether it names TLS client authentication among its purposes. */
    public boolean isForClients() {
        return purposes.filter(named -> named.contains(CLIENT_AUTH)).isPresent();
    }
}
