package dev.certtide.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.model.json.Json;
import dev.certtide.model.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an owner would run: takes signed webhooks, verifies them as Standard Webhooks says, and shows them. */
final class WebhookReceiver implements AutoCloseable {
    private final byte[] key = new byte[32];
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private WebhookReceiver(Consumer<String> arrived) throws IOException {
        new SecureRandom().nextBytes(key);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> receive(exchange, arrived));
        server.start();
    }

    static WebhookReceiver open(Consumer<String> arrived) throws IOException {
        return new WebhookReceiver(arrived);
    }

    /** The key as it is stored for the notifier. */
    String key() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/certtide";
    }

    private void receive(HttpExchange exchange, Consumer<String> arrived) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var genuine = isGenuine(exchange, body);
            if (genuine) {
                arrived.accept(line(body));
            }
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        }
    }

    private static String line(String body) {
        var message = JsonObject.of("", Json.readTree(body));
        var data = message.requiredObject("data");
        return message.requiredText("type") + " " + data.requiredText("status") + " " + data.requiredText("target");
    }

    private boolean isGenuine(HttpExchange exchange, String body) {
        try {
            var headers = exchange.getRequestHeaders();
            var signed = headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + "." + body;
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var expected =
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8),
                    String.valueOf(headers.getFirst("webhook-signature")).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has HmacSHA256", impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
