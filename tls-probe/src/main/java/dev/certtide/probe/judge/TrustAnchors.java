package dev.certtide.probe.judge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates that are trusted as they are. Always read from the file that is named here; JSSE's system properties
 * ({@code javax.net.ssl.trustStore}) play no part, since AWS's runtime for Java redirects them. Immutable.
 */
public final class TrustAnchors {
    private final Map<X500Principal, List<X509Certificate>> bySubject;

    private TrustAnchors(Stream<X509Certificate> certificates) {
        this.bySubject =
                certificates.distinct().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /** These and no others. */
    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        return new TrustAnchors(certificates.stream());
    }

    /**
     * The roots that come with the JDK, {@code lib/security/cacerts}.
     *
     * @throws IllegalStateException if the file is missing or unreadable
     */
    public static TrustAnchors ofJdk() {
        Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        try {
            // No password: the roots are public, and without one the store is only not checked for tampering.
            KeyStore store = KeyStore.getInstance(file.toFile(), (char[]) null);
            List<X509Certificate> roots = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate root) {
                    roots.add(root);
                }
            }
            return of(roots);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's roots cannot be read from " + file, e);
        }
    }

    /**
     * These and the certificates of a PEM file.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public TrustAnchors and(Path pemFile) {
        try (InputStream pem = Files.newInputStream(pemFile)) {
            Collection<? extends Certificate> more =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (more.isEmpty()) {
                throw new IllegalArgumentException(pemFile + " holds no certificate; it has to be PEM");
            }
            return new TrustAnchors(Stream.concat(
                    bySubject.values().stream().flatMap(List::stream),
                    more.stream().map(X509Certificate.class::cast)));
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(
                    "no certificates can be read from " + pemFile + ": " + e.getMessage(), e);
        }
    }

    /** How many there are. */
    public int size() {
        return bySubject.values().stream().mapToInt(List::size).sum();
    }

    boolean contains(X509Certificate certificate) {
        return withSubject(certificate.getSubjectX500Principal()).contains(certificate);
    }

    List<X509Certificate> withSubject(X500Principal subject) {
        return bySubject.getOrDefault(subject, List.of());
    }
}
