package dev.certtide.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What checks see, where a test cares about little of it. */
public final class Sights {
    private Sights() {}

    /** A leaf for that host. */
    public static CertificateReport leaf(String host, Instant notBefore, Instant notAfter, String sha256) {
        return leaf(host, notBefore, notAfter, sha256, Optional.empty(), Optional.empty());
    }

    /** The same with a key, and for these purposes. */
    public static CertificateReport leaf(
            String host,
            Instant notBefore,
            Instant notAfter,
            String sha256,
            Optional<String> publicKeySha256,
            Optional<List<String>> purposes) {
        return new CertificateReport(
                "CN=" + host,
                "CN=CA",
                "01",
                notBefore,
                notAfter,
                List.of(host),
                0,
                "EC P-256",
                "SHA256withECDSA",
                sha256,
                publicKeySha256,
                purposes);
    }

    /** An address that serves this chain. */
    public static AddressReport address(CertificateReport... chain) {
        return new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                List.of(chain),
                5);
    }
}
