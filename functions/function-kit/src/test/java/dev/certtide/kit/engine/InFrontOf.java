package dev.certtide.kit.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands in front of an engine, on loopback, and does to requests what a test says. */
public final class InFrontOf implements AutoCloseable {
    private static final Set<String> NOT_OURS = Set.of("host", "content-length", "connection", "upgrade", "expect");

    private final URI engine;
    private final Function<Call, Fate> script;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Something that is asked of the engine.
     *
     * @param operation for example {@code Query} or {@code SendMessageBatch}
     * @param body JSON
     */
    public record Call(String operation, String body) {}

    /** What becomes of a call. */
    public sealed interface Fate {
        /**
         * The engine gets it.
         *
         * @param body maybe with something changed
         */
        record Passed(String body) implements Fate {}

        /**
         * The engine does not get it.
         *
         * @param error the name of the exception, for example {@code ThrottlingException}
         */
        record Refused(String error) implements Fate {}

        /** The engine gets it, and whoever asked is told that something failed: the SDK asks again. */
        record Lost() implements Fate {}

        /**
         * The engine does not get it, and this is the answer.
         *
         * @param body JSON
         */
        record Answered(String body) implements Fate {}
    }

    /** Listens before {@code engine}. */
    public InFrontOf(URI engine, Function<Call, Fate> script) {
        this.engine = engine;
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var header = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var operation = header == null ? "" : header.substring(header.indexOf('.') + 1);
            switch (script.apply(new Call(operation, body))) {
                case Fate.Passed passed -> pass(exchange, passed.body());
                case Fate.Refused refused ->
                    answer(exchange, 400, "{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + refused.error() + "\"}");
                case Fate.Lost _ -> {
                    ask(exchange, body);
                    answer(exchange, 500, "{\"__type\": \"com.amazonaws.dynamodb.v20120810#InternalServerError\"}");
                }
                case Fate.Answered answered -> answer(exchange, 200, answered.body());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, String body) throws IOException, InterruptedException {
        var response = ask(exchange, body);
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !name.equals("content-length") && !name.equals("connection")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        write(exchange, response.statusCode(), response.body());
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(engine.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        write(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
