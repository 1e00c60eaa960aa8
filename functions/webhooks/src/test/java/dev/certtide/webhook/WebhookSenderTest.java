package dev.certtide.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Message MESSAGE = Message.of("key", "{\"name\": \"Zoë\"}");
    private static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8,::1/128").allowingPorts(Ports.parse("1-65535"));

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int answer = 200;

    private record Request(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    @BeforeEach
    void server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aMessageIsPostedAndItsSignatureVerifies() throws IOException {
        send(url("/hook?a=b"));
        var request = requests.remove();
        assertEquals("/hook?a=b", request.path());
        assertEquals("application/json; charset=UTF-8", request.header("content-type"));
        assertEquals("Certtide", request.header("user-agent"));
        assertEquals(Long.toString(NOW.getEpochSecond()), request.header("webhook-timestamp"));
        assertEquals(
                WebhookSignature.sign(KEY, request.header("webhook-id"), NOW.getEpochSecond(), request.body()),
                request.header("webhook-signature"));
        assertEquals(MESSAGE.id(), request.header("webhook-id"));
        assertEquals(MESSAGE.body(), request.body());
    }

    /** Standard Webhooks, "Signature scheme": the header is "space delimited", for rotation without downtime. */
    @Test
    void whileAKeyIsBeingChangedBothSign() throws IOException {
        var old = "whsec_" + "A".repeat(32);
        sender(LOOPBACK, true).send(new Endpoint(hook(url("/")), List.of(KEY, old), "channel.url"), MESSAGE);
        var request = requests.remove();
        var id = request.header("webhook-id");
        assertEquals(
                WebhookSignature.sign(KEY, id, NOW.getEpochSecond(), request.body()) + " "
                        + WebhookSignature.sign(old, id, NOW.getEpochSecond(), request.body()),
                request.header("webhook-signature"));
    }

    @Test
    void theSameKeyHasTheSameIdentityForEver() {
        assertEquals("msg_2c70e12b7a0646f92279", MESSAGE.id());
        assertEquals(MESSAGE.id(), Message.of("key", "another body").id());
        assertNotEquals(MESSAGE.id(), Message.of("key-2", MESSAGE.body()).id());
    }

    @Test
    void withoutAKeyNothingIsSent() {
        var endpoint = new Endpoint(hook(url("/")), "whsec_s3cret", "channel.url");
        var refusal = assertThrows(
                InvalidInputException.class, () -> sender(LOOPBACK, true).send(endpoint, MESSAGE));
        assertFalse((refusal.getMessage() + endpoint).contains("s3cret"), refusal.getMessage());
        assertEquals(0, requests.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void twoHundredsAreFine(int status) throws IOException {
        answer = status;
        send(url("/"));
        assertEquals(1, requests.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 422})
    void aRefusalIsFinalAndNamesTheWebhook(int status) {
        answer = status;
        var refusal = assertThrows(InvalidInputException.class, () -> send(url("/")));
        assertEquals("channel.url", refusal.field());
        assertEquals("the webhook answered " + status + "; it must answer 2xx", refusal.problem());
        assertEquals(1, requests.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        answer = status;
        assertThrows(InvalidInputException.class, () -> send(url("/")));
        assertEquals("/", requests.remove().path());
        assertEquals(0, requests.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void aTroubledServerIsTriedAnotherTimeAndNotAtOnce(int status) {
        answer = status;
        assertThrows(IOException.class, () -> send(url("/")));
        assertEquals(1, requests.size());
    }

    @Test
    void aServerThatIsAwayIsTriedAnotherTime() {
        var url = url("/");
        server.stop(0);
        assertThrows(IOException.class, () -> send(url));
    }

    @Test
    @Timeout(value = 40, threadMode = ThreadMode.SEPARATE_THREAD)
    void aServerThatNeverAnswersIsTriedAnotherTime() throws IOException {
        try (var silent = rawServer("")) {
            assertThrows(IOException.class, () -> send("http://127.0.0.1:" + silent.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n"
            })
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void anEndlessAnswerIsNotRead(String head) throws IOException {
        try (var endless = rawServer(head, "8\r\nendless!\r\n")) {
            send("http://127.0.0.1:" + endless.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "X-Header: x\r\n"})
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void endlessHeadersAreNotRead(String part) throws IOException {
        try (var endless = rawServer("HTTP/1.1 200 OK\r\n", part)) {
            assertThrows(IOException.class, () -> send("http://127.0.0.1:" + endless.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "HTTP/1.1 999999 OK\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n"})
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void whatIsNoHttpIsTriedAnotherTime(String answer) throws IOException {
        try (var odd = rawServer(answer)) {
            assertThrows(IOException.class, () -> send("http://127.0.0.1:" + odd.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://[::1]:%d/",
                "http://localhost:%d/",
                "http://0.0.0.0:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::]:%d/",
                "http://169.254.169.254/",
                "http://10.0.0.1/",
                "https://127.0.0.1:%d/",
                "https://localhost/"
            })
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void anAddressThatMayNotBeVisitedIsRefusedHoweverItIsWritten(String url) {
        var strict = AddressGuard.strict().allowingPorts(Ports.parse("1-65535"));
        var webhook = hook(url.formatted(server.getAddress().getPort()));
        var refusal = assertThrows(
                InvalidInputException.class, () -> sender(strict, true).send(to(webhook), MESSAGE));
        assertEquals("channel.url", refusal.field());
        assertEquals(0, requests.size());
    }

    @Test
    void aPortThatMayNotBeVisitedIsRefused() {
        var webhook = hook(url("/"));
        var guard = AddressGuard.strict().allowingNetworks("127.0.0.0/8");
        var refusal = assertThrows(
                InvalidInputException.class, () -> sender(guard, true).send(to(webhook), MESSAGE));
        assertEquals("channel.url", refusal.field());
        assertEquals(0, requests.size());
    }

    @Test
    void theDefaultPortIsJudgedToo() {
        var webhook = hook("https://127.0.0.1/");
        var guard = AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("443"));
        var failure = assertThrows(Exception.class, () -> sender(guard, true).send(to(webhook), MESSAGE));
        assertInstanceOf(IOException.class, failure, "443 may be visited, and nobody listens there");
    }

    @Test
    void plainHttpIsRefusedUnlessItIsAllowed() {
        var webhook = hook(url("/"));
        var refusal = assertThrows(
                InvalidInputException.class, () -> sender(LOOPBACK, false).send(to(webhook), MESSAGE));
        assertEquals("channel.url", refusal.field());
        assertEquals(0, requests.size());
    }

    private void send(String url) throws IOException {
        sender(LOOPBACK, true).send(to(hook(url)), MESSAGE);
    }

    private WebhookSender sender(AddressGuard guard, boolean plainHttp) {
        return new WebhookSender(guard, plainHttp, () -> NOW);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Channel.Webhook hook(String url) {
        return new Channel.Webhook(url);
    }

    private static Endpoint to(Channel.Webhook webhook) {
        return new Endpoint(webhook, KEY, "channel.url");
    }

    /** Answers each connection with {@code head}, then with {@code endless} for ever; with neither, not at all. */
    private static ServerSocket rawServer(String head, String... endless) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    var out = socket.getOutputStream();
                    out.write(head.getBytes(StandardCharsets.UTF_8));
                    while (endless.length > 0) {
                        out.write(endless[0].getBytes(StandardCharsets.UTF_8));
                    }
                    if (head.isEmpty()) {
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                } catch (IOException gone) {
                    // The client has gone, or the test is over.
                }
            }
        });
        return server;
    }
}
