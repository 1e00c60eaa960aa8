package dev.certtide.probe.path;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The JDK's certificates of bytes that strangers sent. The JDK's own parser also throws what it does not announce: an
 * Ed25519 key of no bytes is an {@link ArrayIndexOutOfBoundsException} to JDK 25.
 */
public final class CertificateReader {
    private CertificateReader() {}

    /**
     * Reads one certificate.
     *
     * @param bytes DER or PEM
     * @throws CertificateException if it cannot be taken apart, whatever the reason
     */
    public static X509Certificate one(byte[] bytes) throws CertificateException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (RuntimeException e) {
            throw new CertificateException("a certificate that breaks the parser: " + e, e);
        }
    }

    /**
     * Reads any number of certificates.
     *
     * @param bytes DER, PEM or PKCS#7
     * @throws CertificateException if one of them cannot be taken apart, whatever the reason
     */
    public static List<X509Certificate> all(byte[] bytes) throws CertificateException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (RuntimeException e) {
            throw new CertificateException("a certificate that breaks the parser: " + e, e);
        }
    }
}
