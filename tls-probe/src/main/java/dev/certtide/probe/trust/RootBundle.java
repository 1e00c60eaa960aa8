package dev.certtide.probe.trust;

import dev.certtide.probe.path.CertificateReader;
import dev.certtide.probe.trust.DistrustDates.DistrustDate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of root certificates.
 *
 * @param certificates the roots, each once
 * @param asOf the day of which the list is, if it says so
 * @param distrustDates which of the roots it trusts for older certificates only
 */
public record RootBundle(List<X509Certificate> certificates, Optional<LocalDate> asOf, DistrustDates distrustDates) {
    private static final Pattern AS_OF = Pattern.compile("(?m)^# As of: (\\d{4}-\\d{2}-\\d{2})\\s*$");

    private static final Pattern DISTRUST_AFTER = Pattern.compile("(?m)^# Distrust after:(.*)$");

    private static final String WHO = "Your list of roots";

    public RootBundle {
        certificates = List.copyOf(certificates);
    }

    /** Roots without conditions. */
    public RootBundle(List<X509Certificate> certificates, Optional<LocalDate> asOf) {
        this(certificates, asOf, DistrustDates.NONE);
    }

    /** The same of that day, if it does not say itself of which it is. */
    public RootBundle orAsOf(LocalDate day) {
        return new RootBundle(certificates, Optional.of(asOf.orElse(day)), distrustDates);
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
     * Reads PEM. Text between the certificates is skipped, but for a line {@code # As of: 2026-08-18}, and lines
     * {@code # Distrust after: 2026-05-31T23:59:59Z 02ed0e...}, each with a root's SHA-256: that one is trusted for
     * certificates issued until then.
     *
     * @throws IllegalArgumentException if a certificate cannot be read, or there is none, or a line that sets a date for a
     *     root has none, or another root's fingerprint
     */
    public static RootBundle parse(byte[] pem) {
        try {
            List<X509Certificate> certificates =
                    CertificateReader.all(pem).stream().distinct().toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("it holds no certificate; it has to be PEM");
            }
            String text = new String(pem, StandardCharsets.ISO_8859_1);
            return new RootBundle(certificates, asOf(text), distrustDates(text, certificates));
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

    /** Strict: a condition that is skipped because of a slip of the pen would leave a root trusted without it. */
    private static DistrustDates distrustDates(String pem, List<X509Certificate> certificates) {
        Set<String> roots = certificates.stream().map(DistrustDates::sha256).collect(Collectors.toUnmodifiableSet());
        Map<String, DistrustDate> dates = new HashMap<>();
        DISTRUST_AFTER.matcher(pem).results().map(line -> line.group(1).strip()).forEach(line -> {
            String[] dateAndRoot = line.split(" +");
            if (dateAndRoot.length != 2 || !roots.contains(dateAndRoot[1].toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "a line \"# Distrust after:\" has to have a date and the SHA-256 of a root of the same list");
            }
            try {
                dates.put(
                        dateAndRoot[1].toLowerCase(Locale.ROOT), new DistrustDate(WHO, Instant.parse(dateAndRoot[0])));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "a line \"# Distrust after:\" has no date such as 2026-05-31T23:59:59Z", e);
            }
        });
        return new DistrustDates(dates);
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
