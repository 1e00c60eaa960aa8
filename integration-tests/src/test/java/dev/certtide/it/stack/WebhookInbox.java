package dev.certtide.it.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.model.json.Json;
import dev.certtide.model.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An HTTP server that takes webhooks and verifies them, on its own terms, as the specification of Standard Webhooks
 * says: id, timestamp and body signed with HMAC-SHA256, the timestamp within five minutes.
 */
public final class WebhookInbox implements AutoCloseable {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final byte[] key = new byte[32];
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /**
     * A call that came in.
     *
     * @param id the header webhook-id, the same when a message is sent again
     * @param genuine whether its signature is right
     */
    public record Call(String path, String id, boolean genuine, String body) {
        /** For example {@code certificate.incident.opened}. */
        public String type() {
            return JsonObject.of("", Json.readTree(body)).requiredText("type");
        }

        /** The target that it is about. */
        public String target() {
            return data("target");
        }

        /** The status that it tells. */
        public String status() {
            return data("status");
        }

        /** Whom it is about. */
        public String owner() {
            return data("owner");
        }

        private String data(String field) {
            return JsonObject.of("", Json.readTree(body)).requiredObject("data").requiredText(field);
        }
    }

    private WebhookInbox() throws IOException {
        new SecureRandom().nextBytes(key);
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    public static WebhookInbox open() {
        try {
            return new WebhookInbox();
        } catch (IOException e) {
            throw new UncheckedIOException("no port for webhooks", e);
        }
    }

    /** The key as it is stored for the notifier. */
    public String key() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The calls for a path, in the order of their arrival; repeats too. */
    public List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var id = exchange.getRequestHeaders().getFirst("webhook-id");
            calls.add(new Call(exchange.getRequestURI().getPath(), id, isGenuine(exchange, body), body));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private boolean isGenuine(HttpExchange exchange, String body) {
        var headers = exchange.getRequestHeaders();
        var timestamp = headers.getFirst("webhook-timestamp");
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
        var expected = "v1," + sign(headers.getFirst("webhook-id") + "." + timestamp + "." + body);
        return age.abs().compareTo(TOLERANCE) < 0
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        headers.getFirst("webhook-signature").getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
