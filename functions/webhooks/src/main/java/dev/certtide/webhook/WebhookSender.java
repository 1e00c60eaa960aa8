package dev.certtide.webhook;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.address.AddressGuard;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts messages, signed after Standard Webhooks 1.0, to addresses that strangers chose: they are judged after they are
 * resolved, and of the answer nothing is read but its head.
 */
public final class WebhookSender {
    /** At once to one host; a batch of customers goes to one. */
    private static final int MOST_CONNECTIONS = 20;

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER = Timeout.ofSeconds(15); // Standard Webhooks: 15 to 30 seconds

    /** Headers may be endless too. */
    private static final Http1Config MODEST =
            Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

    private final boolean plainHttp;
    private final InstantSource clock;
    private final CloseableHttpClient http;

    /**
     * Posts to what {@code guard} lets pass.
     *
     * @param plainHttp whether http without TLS will do, as it does on one machine
     */
    public WebhookSender(AddressGuard guard, boolean plainHttp, InstantSource clock) {
        this.plainHttp = plainHttp;
        this.clock = clock;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setMaxConnTotal(5 * MOST_CONNECTIONS)
                        .setDnsResolver(new GuardedResolver(guard))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(MODEST)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(ANSWER)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(ANSWER).build())
                // A redirect would lead past the address that the owner named; Standard Webhooks forbids following.
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .setUserAgent("Certtide")
                .build();
    }

    /**
     * Posts a message and judges the answer. Redirects are not followed.
     *
     * @throws InvalidInputException when it can never be told there: the address may not be visited, the key is none, or
     *     the answer is final (anything but 2xx, 408, 425, 429 and 5xx)
     * @throws IOException when it may be told another time
     */
    public void send(Endpoint endpoint, Message message) throws IOException {
        var uri = URI.create(endpoint.webhook().url());
        requireHttps(uri, endpoint);
        var timestamp = clock.instant().getEpochSecond();
        var post = new HttpPost(uri);
        post.setHeader("webhook-id", message.id());
        post.setHeader("webhook-timestamp", Long.toString(timestamp));
        post.setHeader(
                "webhook-signature", WebhookSignature.sign(endpoint.key(), message.id(), timestamp, message.body()));
        post.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
        int status = post(post, endpoint);
        if (status / 100 != 2) {
            refuse(status, endpoint);
        }
    }

    private int post(HttpPost post, Endpoint endpoint) throws IOException {
        try {
            return http.executeOpen(null, post, null).getCode();
        } catch (GuardedResolver.BlockedHostException blocked) {
            throw new InvalidInputException(endpoint.field(), blocked.getMessage());
        } finally {
            // Closes the connection. To close the response would read the rest of its body, which may be endless.
            post.cancel();
        }
    }

    private static void refuse(int status, Endpoint endpoint) throws IOException {
        var mayWorkLater = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        if (mayWorkLater) {
            throw new IOException("The webhook answered " + status);
        }
        throw new InvalidInputException(endpoint.field(), "the webhook answered " + status + "; it must answer 2xx");
    }

    private void requireHttps(URI uri, Endpoint endpoint) {
        if (!"https".equals(uri.getScheme()) && !plainHttp) {
            throw new InvalidInputException(endpoint.field(), "must be https: what is told is nobody else's business");
        }
    }
}
