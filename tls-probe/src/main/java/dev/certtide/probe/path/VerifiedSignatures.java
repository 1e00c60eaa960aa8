package dev.certtide.probe.path;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which certificates were found to be signed by which keys: that never changes, whatever the date. So an
 * intermediate above thousands of hosts is verified once, and a certificate that has not changed since its last check not
 * again. Thread-safe; the oldest used are forgotten, at some 150 bytes each.
 */
final class VerifiedSignatures {
    private final Map<Pair, Boolean> known;

    /** SHA-256 over the encodings of both: DER says where one ends. */
    private record Pair(long first, long second, long third, long fourth) {}

    /** Finds out what is not known. */
    @FunctionalInterface
    interface Verification {
        boolean verifies(X509Certificate certificate, PublicKey key);
    }

    VerifiedSignatures(int most) {
        known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Pair, Boolean> eldest) {
                return size() > most;
            }
        });
    }

    /** Whether the certificate is known to be signed by the key, or is found to be now. */
    boolean verifies(X509Certificate certificate, PublicKey key, Verification verification) {
        Optional<Pair> pair = pair(certificate, key);
        if (pair.map(known::get).isPresent()) {
            return true;
        }
        boolean isGood = verification.verifies(certificate, key);
        if (isGood) {
            pair.ifPresent(good -> known.put(good, true));
        }
        return isGood;
    }

    int size() {
        return known.size();
    }

    private static Optional<Pair> pair(X509Certificate certificate, PublicKey key) {
        byte[] encodedKey = key.getEncoded();
        if (encodedKey == null) {
            return Optional.empty();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(certificate.getEncoded());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(encodedKey));
            return Optional.of(new Pair(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong()));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
