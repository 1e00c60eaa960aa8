package dev.certtide.probe.path;

import dev.certtide.probe.memory.Recent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * Certificates that this process has taken apart before: the same bytes are the same object, which need not be parsed
 * again, and whose hash code and encoding are there. Thread-safe.
 */
public final class KnownCertificates {
    /** Encoded; taken apart they are about five times as large. Some 5,000 of the usual size. */
    private static final long MOST_BYTES = 6L << 20;

    private static final Recent<Content, X509Certificate> KNOWN = new Recent<>(MOST_BYTES);

    private KnownCertificates() {}

    /** SHA-256 of an encoding. */
    private record Content(long first, long second, long third, long fourth) {
        static Content of(byte[] encoded) {
            try {
                ByteBuffer hash =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(encoded));
                return new Content(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JDK has no SHA-256", e);
            }
        }

        @Override
        public int hashCode() {
            return (int) first;
        }
    }

    /**
     * The certificate of these bytes.
     *
     * @param encoded DER, as it came from a server
     * @throws CertificateException if it cannot be taken apart, whatever the reason
     */
    public static X509Certificate of(byte[] encoded) throws CertificateException {
        Content content = Content.of(encoded);
        X509Certificate known = KNOWN.get(content).orElse(null);
        if (known != null) {
            return known;
        }
        X509Certificate certificate = CertificateReader.one(encoded);
        KNOWN.offer(content, certificate, encoded.length);
        return certificate;
    }
}
