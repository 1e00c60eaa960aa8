package dev.certtide.webhook;

import dev.certtide.model.address.AddressGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts JSON to addresses that strangers chose: they are judged after they are resolved, redirects are not followed, and
 * of the answer no more is read than was asked for, for no longer than {@link #LONGEST}.
 */
public final class GuardedHttp {
    /** From the first byte to the last, since a server may send one byte at a time. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    /** At once to one host; a batch of customers goes to one. */
    private static final int MOST_CONNECTIONS = 20;

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER = Timeout.ofSeconds(15); // Standard Webhooks: 15 to 30 seconds

    /** Headers may be endless too. */
    private static final Http1Config MODEST =
            Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

    private final boolean plainHttp;
    private final InstantSource clock;
    private final Duration longest;
    private final CloseableHttpClient http;

    /**
     * Posts to what {@code guard} lets pass.
     *
     * @param plainHttp whether http without TLS will do, as it does on one machine
     */
    public GuardedHttp(AddressGuard guard, boolean plainHttp, InstantSource clock) {
        this(guard, plainHttp, clock, LONGEST);
    }

    GuardedHttp(AddressGuard guard, boolean plainHttp, InstantSource clock, Duration longest) {
        this.longest = longest;
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
                // A redirect would lead past the address that was named; Standard Webhooks forbids following.
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .setUserAgent("Certtide")
                .build();
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param retryAfter what the header {@code Retry-After} asks for, never negative
     * @param body its beginning, as far as it was asked for
     */
    public record Answer(int status, Optional<Duration> retryAfter, String body) {}

    /**
     * Posts {@code json}.
     *
     * @param uri https, unless plain http will do
     * @param headers besides those of every post
     * @param mostOfBody how many bytes of the answer's body to read at most
     * @throws BlockedHostException when it may not be visited, now or ever
     * @throws IOException when there was no answer; the message may hold the address
     */
    public Answer post(URI uri, Map<String, String> headers, String json, int mostOfBody) throws IOException {
        if (!"https".equals(uri.getScheme()) && !plainHttp) {
            throw new BlockedHostException("must be https: what is told is nobody else's business");
        }
        var post = new HttpPost(uri);
        headers.forEach(post::setHeader);
        post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        var over = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> cutOff(post, over));
        try {
            var response = http.executeOpen(null, post, null);
            return new Answer(response.getCode(), retryAfter(response), beginning(response, mostOfBody));
        } finally {
            over.countDown();
            // Closes the connection. To close the response would read the rest of its body, which may be endless.
            post.cancel();
        }
    }

    private void cutOff(HttpPost post, CountDownLatch over) {
        try {
            if (!over.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                post.cancel();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static String beginning(ClassicHttpResponse response, int most) throws IOException {
        var entity = response.getEntity();
        return most == 0 || entity == null
                ? ""
                : new String(entity.getContent().readNBytes(most), StandardCharsets.UTF_8);
    }

    /** Seconds or a date (RFC 9110, 10.2.3); what is neither is passed over. */
    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        var header = response.getFirstHeader("Retry-After");
        if (header == null || header.getValue() == null) {
            return Optional.empty();
        }
        var value = header.getValue().strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            var then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var left = Duration.between(clock.instant(), then);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
