package dev.certtide.probe.trust;

import dev.certtide.model.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Up to when roots are trusted that are not trusted for ever.
 *
 * @param bySha256 by the root's SHA-256 fingerprint, lower-case hex
 */
public record DistrustDates(Map<String, DistrustDate> bySha256) {
    /** No root has a date. */
    public static final DistrustDates NONE = new DistrustDates(Map.of());

    private static final Map<String, String> BROWSERS = Map.of("mozilla", "Firefox", "chrome", "Chrome");

    public DistrustDates {
        bySha256 = Map.copyOf(bySha256);
    }

    /**
     * That somebody trusts a root for certificates up to a date only.
     *
     * @param who whose decision it is, as people know it: {@code Chrome}
     * @param last the last instant: certificates issued later are refused
     */
    public record DistrustDate(String who, Instant last) {
        private DistrustDate orEarlier(DistrustDate other) {
            return last.isBefore(other.last) ? this : other;
        }
    }

    /** What Mozilla and Chrome have announced; of two dates the earlier, since users complain about that one. */
    public static DistrustDates published() {
        Properties lines = new Properties();
        try (InputStream file = DistrustDates.class.getResourceAsStream("distrust-dates.properties")) {
            lines.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the dates of distrust cannot be read", e);
        }
        Map<String, DistrustDate> dates = new HashMap<>();
        lines.forEach((key, value) -> {
            String[] rootAndBrowser = key.toString().split("\\.");
            DistrustDate date = new DistrustDate(BROWSERS.get(rootAndBrowser[1]), Instant.parse(value.toString()));
            dates.merge(rootAndBrowser[0], date, DistrustDate::orEarlier);
        });
        return new DistrustDates(dates);
    }

    /** These and those; of two dates of a root the earlier. */
    public DistrustDates and(DistrustDates others) {
        Map<String, DistrustDate> all = new HashMap<>(bySha256);
        others.bySha256.forEach((root, date) -> all.merge(root, date, DistrustDate::orEarlier));
        return new DistrustDates(all);
    }

    /** The root's date, if it has one. */
    public Optional<DistrustDate> of(X509Certificate root) {
        return bySha256.isEmpty() ? Optional.empty() : Optional.ofNullable(bySha256.get(sha256(root)));
    }

    /** The fingerprint by which roots are known here: SHA-256 of the certificate, lower-case hex. */
    public static String sha256(X509Certificate certificate) {
        try {
            return Fingerprint.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded has no encoding", e);
        }
    }
}
