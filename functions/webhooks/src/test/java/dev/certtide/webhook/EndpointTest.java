package dev.certtide.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Channel;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void neitherTheKeyNorMoreOfTheAddressThanTheHostIsShown() {
        var webhook = new Channel.Webhook("https://crm.example.com/hooks/t0ken?key=s3cret");
        assertEquals(
                "Endpoint[crm.example.com]",
                new Endpoint(webhook, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "crm").toString());
    }
}
