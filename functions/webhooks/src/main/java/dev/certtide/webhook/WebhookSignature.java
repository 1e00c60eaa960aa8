package dev.certtide.webhook;

import dev.certtide.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric signature of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body. */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";

    private WebhookSignature() {}

    /**
     * The value of the header {@code webhook-signature}.
     *
     * @param secret {@code whsec_} and 24 to 64 bytes in base64
     * @param timestamp seconds since 1970
     * @throws InvalidInputException when the secret is none; it is not repeated
     */
    public static String sign(String secret, String id, long timestamp, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            var signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has HmacSHA256", impossible);
        }
    }

    private static byte[] key(String secret) {
        try {
            var key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "");
            if (key.length >= 24 && key.length <= 64) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below, without the secret.
        }
        throw new InvalidInputException(
                "", "the stored webhook key is not whsec_ and 24 to 64 bytes in base64; store a new one");
    }
}
