package dev.certtide.local.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** Passes requests on to an engine, and its answers back as they come. */
final class Proxy implements AutoCloseable {
    /** Headers of the connection, and those that the client sets itself. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String CHECKSUM = "x-amz-crc32";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Passes a request on, and the answer back as it comes. */
    void pass(HttpExchange exchange, byte[] body, URI engine) throws IOException {
        var response = send(exchange, body, engine, HttpResponse.BodyHandlers.ofInputStream());
        copyHeaders(response, exchange);
        long length = response.headers().firstValueAsLong("content-length").orElse(0);
        // For the JDK's server 0 means chunked, and -1 empty.
        boolean empty = response.headers()
                .firstValue("content-length")
                .filter("0"::equals)
                .isPresent();
        exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : length);
        try (var in = response.body();
                var out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    /** What to answer instead of an engine's error, if anything. */
    @FunctionalInterface
    interface Correction {
        Optional<Answer> of(byte[] error) throws IOException;
    }

    /** Passes a request on, and the answer back as it comes, or what it should have been. */
    void pass(HttpExchange exchange, byte[] body, URI engine, Correction correction) throws IOException {
        var response = send(exchange, body, engine, HttpResponse.BodyHandlers.ofByteArray());
        var corrected = response.statusCode() == 200 ? Optional.<Answer>empty() : correction.of(response.body());
        if (corrected.isPresent()) {
            Gateway.send(exchange, corrected.get());
            return;
        }
        copyHeaders(response, exchange);
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        try (var out = exchange.getResponseBody()) {
            out.write(response.body());
        }
    }

    /** Answers a request with another body instead of a client. */
    @FunctionalInterface
    interface Between {
        byte[] answer(byte[] request, Engine engine) throws IOException;
    }

    /** The engine, for {@link Between}. */
    @FunctionalInterface
    interface Engine {
        byte[] answer(byte[] request) throws IOException;
    }

    /** Passes a request on through somebody who sees both it and the answer. */
    void passThrough(HttpExchange exchange, byte[] body, URI engine, Between between) throws IOException {
        var last = new HttpResponse<?>[1];
        byte[] answer = between.answer(body, request -> {
            var response = send(exchange, request, engine, HttpResponse.BodyHandlers.ofByteArray());
            last[0] = response;
            return response.body();
        });
        copyHeaders(last[0], exchange);
        if (answer != last[0].body()) {
            correctChecksum(exchange.getResponseHeaders(), answer);
        }
        exchange.sendResponseHeaders(last[0].statusCode(), answer.length == 0 ? -1 : answer.length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private <T> HttpResponse<T> send(
            HttpExchange exchange, byte[] body, URI engine, HttpResponse.BodyHandler<T> handler) throws IOException {
        var request = HttpRequest.newBuilder(
                        engine.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)))
                values.forEach(value -> request.header(name, value));
        });
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void copyHeaders(HttpResponse<?> response, HttpExchange exchange) {
        response.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name) && !name.startsWith(":"))
                exchange.getResponseHeaders().put(name, values);
        });
    }

    /** DynamoDB sends it with every answer, and its clients compare. */
    private static void correctChecksum(Headers headers, byte[] answer) {
        if (headers.containsKey(CHECKSUM)) {
            var checksum = new CRC32();
            checksum.update(answer);
            headers.set(CHECKSUM, Long.toString(checksum.getValue()));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
