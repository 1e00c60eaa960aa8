package dev.certtide.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;

/** Passes requests on to an engine, and its answers back as they come. */
final class Proxy implements AutoCloseable {
    /** Headers of the connection, and those that the client sets itself. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "content-length", "date", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    void pass(HttpExchange exchange, byte[] body, URI engine) throws IOException {
        var request = HttpRequest.newBuilder(engine.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) values.forEach(value -> request.header(name, value));
        });
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            response.headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name) && !name.startsWith(":")) exchange.getResponseHeaders().put(name, values);
            });
            long length = response.headers().firstValueAsLong("content-length").orElse(0);
            // For the JDK's server 0 means chunked, and -1 empty.
            boolean empty = response.headers().firstValue("content-length").filter("0"::equals).isPresent();
            exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : length);
            try (var in = response.body(); var out = exchange.getResponseBody()) {
                in.transferTo(out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
