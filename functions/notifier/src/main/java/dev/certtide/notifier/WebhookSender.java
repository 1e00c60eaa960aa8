package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.event.Notification;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
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

/** Posts notifications, signed after Standard Webhooks 1.0. */
final class WebhookSender {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER = Timeout.ofSeconds(15); // Standard Webhooks: 15 to 30 seconds

    /** Headers may be endless too. */
    private static final Http1Config MODEST =
            Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

    private final Secrets secrets;
    private final boolean plainHttp;
    private final InstantSource clock;
    private final CloseableHttpClient http;

    /**
     * Posts to what {@code guard} lets pass.
     *
     * @param plainHttp whether http without TLS will do, as it does on one machine
     */
    WebhookSender(Secrets secrets, AddressGuard guard, boolean plainHttp, InstantSource clock) {
        this.secrets = secrets;
        this.plainHttp = plainHttp;
        this.clock = clock;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
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

    void send(Notification notification, Channel.Webhook webhook) throws IOException {
        var uri = URI.create(webhook.url());
        requireHttps(uri);
        var id = "msg_" + Fingerprint.shortOf(notification.key());
        var timestamp = clock.instant().getEpochSecond();
        var body = body(notification);
        var post = new HttpPost(uri);
        post.setHeader("webhook-id", id);
        post.setHeader("webhook-timestamp", Long.toString(timestamp));
        post.setHeader(
                "webhook-signature",
                WebhookSignature.sign(secrets.webhookKey(notification.owner()), id, timestamp, body));
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        int status = post(post);
        if (status / 100 != 2) {
            refuse(status);
        }
    }

    private int post(HttpPost post) throws IOException {
        try {
            return http.executeOpen(null, post, null).getCode();
        } catch (GuardedResolver.BlockedHostException blocked) {
            throw new InvalidInputException("channel.url", blocked.getMessage());
        } finally {
            // Closes the connection. To close the response would read the rest of its body, which may be endless.
            post.cancel();
        }
    }

    private static void refuse(int status) throws IOException {
        var mayWorkLater = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        if (mayWorkLater) {
            throw new IOException("The webhook answered " + status);
        }
        throw new InvalidInputException("channel.url", "the webhook answered " + status + "; it must answer 2xx");
    }

    private void requireHttps(URI uri) {
        if (!"https".equals(uri.getScheme()) && !plainHttp) {
            throw new InvalidInputException("channel.url", "must be https: what is told is nobody else's business");
        }
    }

    static String body(Notification notification) {
        var data = new LinkedHashMap<String, Object>();
        data.put("owner", notification.owner().id());
        data.put("target", notification.target().id());
        data.put("status", notification.status().word());
        data.put("incident", notification.incident());
        data.put("since", notification.since().toString());
        data.put(
                "findings",
                notification.findings().stream()
                        .map(finding -> Map.of(
                                "code", finding.code().code(),
                                "severity", finding.severity().word(),
                                "detail", finding.detail()))
                        .toList());
        notification
                .leaf()
                .ifPresent(leaf -> data.put(
                        "certificate",
                        Map.of(
                                "notAfter",
                                leaf.notAfter().toString(),
                                "issuer",
                                leaf.issuer(),
                                "sha256",
                                leaf.sha256())));
        var message = new LinkedHashMap<String, Object>();
        message.put("type", "certificate.incident." + notification.kind().word());
        message.put("timestamp", notification.at().toString());
        message.put("data", data);
        return Json.write(message);
    }
}
