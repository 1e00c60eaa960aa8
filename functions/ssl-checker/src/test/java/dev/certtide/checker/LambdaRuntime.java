package dev.certtide.checker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A function in a process of its own under AWS's runtime interface client, as Lambda runs it: this is the Runtime API
 * (Lambda Developer Guide, "Using the Lambda runtime API") that the client asks for work, and an SNS endpoint that keeps
 * what is published.
 */
final class LambdaRuntime implements AutoCloseable {
    private static final String API = "/2018-06-01/runtime/";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Process process;
    private final BlockingQueue<String> work = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private final TakingTopic topic = new TakingTopic();

    private LambdaRuntime(String handler, Map<String, String> environment, Path output) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext(API, this::answerRuntime);
        server.createContext("/", this::answerAws);
        server.start();
        String address = "127.0.0.1:" + server.getAddress().getPort();
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        java.environment().putAll(environment);
        java.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        address,
                        "AWS_ENDPOINT_URL",
                        "http://" + address,
                        "STAGE",
                        "local",
                        "AWS_REGION",
                        "us-east-1",
                        "AWS_ACCESS_KEY_ID",
                        "local",
                        "AWS_SECRET_ACCESS_KEY",
                        "local",
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "ssl-checker",
                        "LAMBDA_TASK_ROOT",
                        output.getParent().toString(),
                        "_HANDLER",
                        handler));
        process = java.start();
    }

    /** Starts the handler; the runtime's and its own output go to a file. */
    static LambdaRuntime start(Class<?> handler, Map<String, String> environment, Path output) throws IOException {
        return new LambdaRuntime(handler.getName(), environment, output);
    }

    /** Has the function handle an event; its answer, or what it failed with. */
    String invoke(String event) throws InterruptedException {
        work.add(event);
        String outcome = outcomes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("the function gave no answer; its process "
                    + (process.isAlive() ? "is running" : "ended with " + process.exitValue()));
        }
        return outcome;
    }

    /** The messages that have been published. */
    List<String> publishedMessages() {
        return topic.messages().stream().map(TakingTopic.Message::body).toList();
    }

    private void answerRuntime(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(API.length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.equals("invocation/next")) {
            byte[] event = take().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-1");
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + PATIENCE.toMillis()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } else {
            outcomes.add(path.endsWith("/error") ? path + ": " + body : body);
            exchange.sendResponseHeaders(202, -1);
        }
        exchange.close();
    }

    private String take() {
        try {
            return work.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("the test is over", e));
        }
    }

    /** Tables are empty, and topics take everything. */
    private void answerAws(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
            topic.answer(exchange);
            return;
        }
        byte[] nothing = "{\"Responses\": {}, \"UnprocessedKeys\": {}}".getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(200, nothing.length);
        exchange.getResponseBody().write(nothing);
        exchange.close();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        server.stop(0);
        threads.shutdownNow();
    }
}
