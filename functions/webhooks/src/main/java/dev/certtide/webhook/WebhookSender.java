package dev.certtide.webhook;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.address.AddressGuard;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/** Posts messages, signed after Standard Webhooks 1.0. Of the answer nothing is read but its head. */
public final class WebhookSender {
    private final GuardedHttp http;
    private final InstantSource clock;

    /**
     * Posts to what {@code guard} lets pass.
     *
     * @param plainHttp whether http without TLS will do, as it does on one machine
     */
    public WebhookSender(AddressGuard guard, boolean plainHttp, InstantSource clock) {
        this(new GuardedHttp(guard, plainHttp, clock), clock);
    }

    /** Posts by {@code http}. */
    public WebhookSender(GuardedHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Posts a message and judges the answer. Redirects are not followed.
     *
     * @throws InvalidInputException when it can never be told there: the address may not be visited, the key is none, or
     *     the answer is final (anything but 2xx, 408, 425, 429 and 5xx)
     * @throws IOException when it may be told another time
     */
    public void send(Endpoint endpoint, Message message) throws IOException {
        try {
            var status = post(endpoint, message).status();
            if (status / 100 != 2) {
                refuse(status, endpoint);
            }
        } catch (BlockedHostException blocked) {
            throw new InvalidInputException(endpoint.field(), blocked.getMessage());
        }
    }

    /**
     * Posts a message and leaves it to the caller to judge the answer.
     *
     * @throws InvalidInputException when the key is none
     * @throws BlockedHostException when the address may not be visited
     * @throws IOException when there was no answer
     */
    public GuardedHttp.Answer post(Endpoint endpoint, Message message) throws IOException {
        var timestamp = clock.instant().getEpochSecond();
        var headers = Map.of(
                "webhook-id", message.id(),
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", signatures(endpoint, message, timestamp));
        return http.post(URI.create(endpoint.webhook().url()), headers, message.body(), 0);
    }

    /** One for each key: who has either of them can verify, and keys can be changed one side after the other. */
    private static String signatures(Endpoint endpoint, Message message, long timestamp) {
        return endpoint.keys().stream()
                .map(key -> WebhookSignature.sign(key, message.id(), timestamp, message.body()))
                .collect(Collectors.joining(" "));
    }

    private static void refuse(int status, Endpoint endpoint) throws IOException {
        var mayWorkLater = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        if (mayWorkLater) {
            throw new IOException("The webhook answered " + status);
        }
        throw new InvalidInputException(endpoint.field(), "the webhook answered " + status + "; it must answer 2xx");
    }
}
