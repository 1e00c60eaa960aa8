package dev.certtide.probe.trust;

import dev.certtide.probe.path.CertificateReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of root certificates.
 *
 * @param certificates the roots, each once
 * @param asOf the day of which the list is, if it says so
 */
public record RootBundle(List<X509Certificate> certificates, Optional<LocalDate> asOf) {
    private static final Pattern AS_OF = Pattern.compile("(?m)^# As of: (\\d{4}-\\d{2}-\\d{2})\\s*$");

    public RootBundle {
        certificates = List.copyOf(certificates);
    }

    /**
     * Mozilla's roots for TLS servers, as they came with this program: the copy that Node.js carries, written down by
     * {@code build-tools/mozilla-roots.sh}. The npm package certifi is not used: its newest version holds the list of
     * 2014.
     */
    public static RootBundle mozilla() {
        return resource("mozilla-roots.pem");
    }

    /** Roots that browsers have ceased to trust by date and that are on Mozilla's list no longer. */
    public static RootBundle distrusted() {
        return resource("distrusted-roots.pem");
    }

    /**
     * Reads PEM. Text between the certificates is skipped, but for a line {@code # As of: 2026-08-18}.
     *
     * @throws IllegalArgumentException if a certificate cannot be read, or there is none
     */
    public static RootBundle parse(byte[] pem) {
        try {
            List<X509Certificate> certificates =
                    CertificateReader.all(pem).stream().distinct().toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("it holds no certificate; it has to be PEM");
            }
            return new RootBundle(certificates, asOf(new String(pem, StandardCharsets.ISO_8859_1)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("no certificates can be read: " + e.getMessage(), e);
        }
    }

    private static Optional<LocalDate> asOf(String pem) {
        try {
            return AS_OF.matcher(pem).results().findFirst().map(line -> LocalDate.parse(line.group(1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static RootBundle resource(String name) {
        try (InputStream pem = RootBundle.class.getResourceAsStream(name)) {
            if (pem == null) {
                throw new IllegalStateException(name + " is missing from this program");
            }
            return parse(pem.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
