package dev.certtide.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.model.InvalidInputException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    /** The vector that the libraries of Standard Webhooks are tested with. */
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                WebhookSignature.sign(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}"));
    }

    @ParameterizedTest
    @CsvSource({"23, false", "24, true", "64, true", "65, false"})
    void aKeyHas24To64Bytes(int bytes, boolean taken) {
        var key = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        if (taken) {
            assertFalse(WebhookSignature.sign(key, "id", 1, "body").isEmpty());
        } else {
            assertThrows(InvalidInputException.class, () -> WebhookSignature.sign(key, "id", 1, "body"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",
                "whsec_s3cret"
            })
    void whatIsNoKeyIsRefusedAndNotRepeated(String key) {
        var refusal = assertThrows(InvalidInputException.class, () -> WebhookSignature.sign(key, "id", 1, "body"));
        assertFalse(refusal.getMessage().contains("MfKQ9r8"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }
}
