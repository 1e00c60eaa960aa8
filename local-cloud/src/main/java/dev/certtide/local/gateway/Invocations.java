package dev.certtide.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.certtide.local.lambda.FunctionException;
import dev.certtide.local.lambda.Functions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Lambda's {@code Invoke}, for {@code aws lambda invoke}. */
final class Invocations {
    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    private Invocations() {}

    /** The function that a path invokes: by name or ARN, with or without a version. */
    static Optional<String> functionOf(String path) {
        var match = PATH.matcher(path);
        if (!match.matches()) return Optional.empty();
        var parts = match.group(1).split(":");
        return Optional.of(parts.length > 6 ? parts[6] : parts[0]);
    }

    static void answer(HttpExchange exchange, String function, byte[] event, Functions functions) throws IOException {
        if (!functions.has(function)) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ResourceNotFoundException");
            Gateway.send(
                    exchange, Answer.jsonError(404, "ResourceNotFoundException", "Function not found: " + function));
            return;
        }
        if ("Event".equals(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"))) {
            Thread.ofVirtual().start(() -> invoke(functions, function, event));
            Gateway.send(
                    exchange,
                    new Answer(
                            202,
                            "application/json",
                            new byte[0],
                            UUID.randomUUID().toString()));
            return;
        }
        var result = invoke(functions, function, event);
        if (result.failed()) exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        Gateway.send(
                exchange,
                new Answer(
                        200,
                        "application/json",
                        result.payload(),
                        UUID.randomUUID().toString()));
    }

    private record Result(byte[] payload, boolean failed) {}

    private static Result invoke(Functions functions, String function, byte[] event) {
        try {
            return new Result(
                    functions.invoke(function, event.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : event),
                    false);
        } catch (FunctionException e) {
            var error = JsonNodeFactory.instance
                    .objectNode()
                    .put("errorMessage", e.getMessage())
                    .put(
                            "errorType",
                            e.getCause() == null
                                    ? "Error"
                                    : e.getCause().getClass().getName());
            return new Result(error.toString().getBytes(StandardCharsets.UTF_8), true);
        }
    }
}
