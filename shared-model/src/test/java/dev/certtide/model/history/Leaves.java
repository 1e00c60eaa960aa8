package dev.certtide.model.history;

import dev.certtide.model.CertificateReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Certificates to make histories of. */
final class Leaves {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String R12 = "CN=R12,O=Let's Encrypt,C=US";
    static final String R13 = "CN=R13,O=Let's Encrypt,C=US";
    static final String OTHER = "CN=TLS CA,O=Other\\, Inc.,C=DE";
    static final List<String> BOTH = List.of("serverAuth", "clientAuth");
    static final List<String> SERVER = List.of("serverAuth");

    private Leaves() {}

    static CertificateReport leaf(String sha256, Instant notBefore, Duration lifetime) {
        return leaf(sha256, notBefore, lifetime, R12, List.of("shop.example"), "key-" + sha256, SERVER);
    }

    static CertificateReport leaf(
            String sha256,
            Instant notBefore,
            Duration lifetime,
            String issuer,
            List<String> names,
            String key,
            List<String> purposes) {
        return new CertificateReport(
                "CN=shop.example",
                issuer,
                "01",
                notBefore,
                notBefore.plus(lifetime).minusSeconds(1),
                names,
                0,
                "EC P-256",
                "SHA256withRSA",
                sha256,
                Optional.of(key),
                Optional.of(purposes));
    }
}
