package dev.certtide.notifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * All providers on loopback. Each takes what the real one takes and answers as that does, errors too; what a request
 * must be is in {@code resources/providers}.
 */
final class LocalProviders implements AutoCloseable {
    static final String ROUTING_KEY = "s3cretR0utingKey0123456789abcdef";
    static final String BOT = "123456:s3cret-bot-token";
    static final String PAGE_TOKEN = "s3cret-page-token";
    static final String SLACK_PATH = "/services/T0/B0/s3cret";
    static final String TEAMS_PATH = "/workflows/w1/triggers/manual/paths/invoke?api-version=1&sig=s3cret";
    static final String CHAT = "-1001234567890";
    static final String PERSON = "24680";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final HttpServer server;

    /** What came in. */
    record Request(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /** What goes out. */
    record Reply(int status, String body, Map<String, String> headers) {
        Reply(int status, String body) {
            this(status, body, Map.of());
        }
    }

    LocalProviders() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next request is answered so, whatever it is. */
    void answersNext(Reply reply) {
        replies.add(reply);
    }

    Request request() {
        return requests.remove();
    }

    int waiting() {
        return requests.size();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body);
            requests.add(request);
            var scripted = replies.poll();
            var reply = scripted != null ? scripted : judge(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Reply judge(Request request) {
        var isJson = request.header("Content-Type").startsWith("application/json");
        if (!request.method().equals("POST")) {
            return new Reply(405, "");
        }
        return switch (request.path()) {
            case SLACK_PATH ->
                isJson && keeps("slack-message", request) ? new Reply(200, "ok") : new Reply(400, "invalid_payload");
            case TEAMS_PATH ->
                isJson && keeps("teams-message", request) && request.body().length() <= 28 * 1024
                        ? new Reply(202, "")
                        : new Reply(400, "{\"error\":{\"code\":\"TriggerInputSchemaMismatch\"}}");
            case "/v2/enqueue" -> pagerDuty(request);
            case "/bot" + BOT + "/sendMessage" -> telegram(request);
            case "/v24.0/me/messages" -> messenger(request);
            case String path when path.startsWith("/services/") -> new Reply(404, "no_service");
            case String path
            when path.startsWith("/bot") ->
                new Reply(401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
            default -> new Reply(404, "not found");
        };
    }

    private static Reply pagerDuty(Request request) {
        return keeps("pagerduty-event", request) && request.body().contains(ROUTING_KEY)
                ? new Reply(202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"x\"}")
                : new Reply(
                        400,
                        "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"Invalid routing key: "
                                + ROUTING_KEY + "\"]}");
    }

    private static Reply telegram(Request request) {
        if (!keeps("telegram-message", request)) {
            return new Reply(
                    400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: message text is empty\"}");
        }
        return tree(request.body()).path("chat_id").asText().equals(CHAT)
                ? new Reply(200, "{\"ok\":true,\"result\":{\"message_id\":7}}")
                : new Reply(400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: chat not found\"}");
    }

    private static Reply messenger(Request request) {
        if (!request.header("Authorization").equals("Bearer " + PAGE_TOKEN)) {
            return new Reply(
                    400,
                    "{\"error\":{\"message\":\"Invalid OAuth access token.\",\"type\":\"OAuthException\",\"code\":190}}");
        }
        return keeps("messenger-message", request)
                ? new Reply(200, "{\"recipient_id\":\"" + PERSON + "\",\"message_id\":\"mid.7\"}")
                : new Reply(400, "{\"error\":{\"message\":\"(#100) Param\",\"type\":\"OAuthException\",\"code\":100}}");
    }

    private static boolean keeps(String schema, Request request) {
        try (InputStream file = LocalProviders.class.getResourceAsStream("/providers/" + schema + ".json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(
                            file,
                            SchemaValidatorsConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build())
                    .validate(tree(request.body()))
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
