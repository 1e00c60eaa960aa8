package dev.certtide.probe.transparency;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.MalformedDerException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A log's promise to publish a certificate (RFC 6962, 3.2). Its signature is not verified.
 *
 * @param log the log's id as its lists write it: SHA-256 of its key, base64
 * @param at when it was given
 */
public record SignedTimestamp(String log, Instant at) {
    /** In a certificate (RFC 6962, 3.3). */
    public static final String EMBEDDED = "1.3.6.1.4.1.11129.2.4.2";

    /** In an OCSP response (RFC 6962, 3.3). */
    public static final String IN_RESPONSE = "1.3.6.1.4.1.11129.2.4.5";

    /** Browsers want two or three. */
    private static final int MOST = 32;

    private static final int VERSION_1 = 0;
    private static final int LOG_BYTES = 32;

    /** Those that a certificate carries; none if it carries what cannot be read. */
    public static List<SignedTimestamp> embeddedIn(X509Certificate certificate) {
        try {
            return Extensions.of(certificate, EMBEDDED)
                    .map(list -> listed(list.as(Der.OCTET_STRING).content()))
                    .orElse(List.of());
        } catch (MalformedDerException e) {
            return List.of();
        }
    }

    /**
     * Reads a list as TLS has it, in certificates, responses and handshakes alike (RFC 6962, 3.3). Those of a version
     * that nobody knows yet are left out.
     *
     * @throws MalformedDerException if it is none, or has more than {@value #MOST}
     */
    public static List<SignedTimestamp> listed(byte[] list) {
        List<SignedTimestamp> timestamps = new ArrayList<>();
        try {
            ByteBuffer all = part(ByteBuffer.wrap(list));
            for (int i = 0; all.hasRemaining(); i++) {
                ByteBuffer one = part(all);
                if (i == MOST) {
                    throw new MalformedDerException("a list of more than " + MOST + " timestamps");
                }
                if (one.get() == VERSION_1) {
                    byte[] log = new byte[LOG_BYTES];
                    one.get(log);
                    timestamps.add(new SignedTimestamp(
                            Base64.getEncoder().encodeToString(log), Instant.ofEpochMilli(one.getLong())));
                }
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedDerException("a list of timestamps that ends too early");
        }
        return timestamps;
    }

    /** What has its length in two bytes before it. */
    private static ByteBuffer part(ByteBuffer from) {
        int length = Short.toUnsignedInt(from.getShort());
        if (length > from.remaining()) {
            throw new MalformedDerException("a list of timestamps that ends too early");
        }
        ByteBuffer part = from.slice(from.position(), length);
        from.position(from.position() + length);
        return part;
    }
}
