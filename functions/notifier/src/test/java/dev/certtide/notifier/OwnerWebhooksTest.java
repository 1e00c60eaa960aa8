package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.WebhookSender;
import dev.certtide.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class OwnerWebhooksTest {
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private Table config;
    private OwnerWebhooks webhooks;
    private Channel.Webhook hook;

    private record Request(String id, String signature, String body) {}

    @BeforeEach
    void serverAndKey(LocalDynamoDb dynamoDb) throws IOException {
        config = dynamoDb.table();
        config.put(Item.of("SECRET##deployment", "WEBHOOK").with("secret", Samples.KEY));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            requests.add(new Request(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        hook = new Channel.Webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        var guard = AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535"));
        webhooks = new OwnerWebhooks(new Secrets(config), new WebhookSender(guard, true, () -> NOW));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theBodySaysWhatIsWrong() {
        webhooks.send(Samples.notice(notification(hook)), hook);
        assertEquals(
                Json.readTree("""
                        {"type": "certificate.incident.opened", "timestamp": "2026-11-21T13:00:00Z",
                         "data": {"owner": "jane", "target": "https://shop.example:443", "status": "critical", "incident": "inc_1",
                                  "since": "2026-11-21T12:55:00Z",
                                  "findings": [{"code": "expired", "severity": "critical",
                                                "detail": "The certificate expired on 19 November 2026. Renew it now."}],
                                  "certificate": {"notAfter": "2026-11-19T12:00:00Z", "issuer": "CN=R11,O=Let's Encrypt,C=US",
                                                  "sha256": "%s"}}}""".formatted("ab".repeat(32))),
                Json.readTree(requests.remove().body()));
    }

    @Test
    void theIdentityIsThatOfTheNotification() {
        webhooks.send(Samples.notice(notification(hook, "key-1")), hook);
        webhooks.send(Samples.notice(notification(hook, "key-1")), hook);
        webhooks.send(Samples.notice(notification(hook, "key-2")), hook);
        var first = requests.remove().id();
        assertEquals(first, requests.remove().id());
        assertNotEquals(first, requests.remove().id());
    }

    @Test
    void anOwnersOwnKeyComesBeforeTheDeployments() {
        var own = "whsec_" + "A".repeat(32);
        config.put(Item.of("SECRET#jane", "WEBHOOK").with("secret", own));
        config.put(Item.of("SECRET#joe", "WEBHOOK").with("secret", "whsec_" + "B".repeat(32)));
        webhooks.send(Samples.notice(notification(hook)), hook);
        var request = requests.remove();
        assertEquals(
                WebhookSignature.sign(own, request.id(), NOW.getEpochSecond(), request.body()), request.signature());
    }

    @Test
    void whileAKeyIsBeingChangedTheOneBeforeSignsToo() {
        var before = "whsec_" + "A".repeat(32);
        config.put(Item.of("SECRET#jane", "WEBHOOK").with("secret", Samples.KEY).with("previousSecret", before));
        webhooks.send(Samples.notice(notification(hook)), hook);
        var request = requests.remove();
        assertEquals(
                WebhookSignature.sign(Samples.KEY, request.id(), NOW.getEpochSecond(), request.body()) + " "
                        + WebhookSignature.sign(before, request.id(), NOW.getEpochSecond(), request.body()),
                request.signature());
    }

    @Test
    void withoutAKeyNothingIsSent() {
        config.delete("SECRET##deployment", "WEBHOOK");
        var refusal = assertThrows(
                InvalidInputException.class, () -> webhooks.send(Samples.notice(notification(hook)), hook));
        assertEquals("webhooks can't be signed; store a key with: certtide configure webhook-key", refusal.problem());
        assertEquals(0, requests.size());
    }
}
