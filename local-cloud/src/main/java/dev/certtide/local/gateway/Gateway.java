package dev.certtide.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.local.dynamodb.DynamoDbException;
import dev.certtide.local.dynamodb.TableMeter;
import dev.certtide.local.dynamodb.TimeToLive;
import dev.certtide.local.lambda.Functions;
import dev.certtide.local.sns.SnsApi;
import dev.certtide.local.template.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one endpoint of the cloud, on loopback: finds out which service a request means, and passes it on or answers it. */
public final class Gateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STS_VERSION = "2011-06-15";
    private static final String SQS_VERSION = "2012-11-05";

    static {
        // Without it the JDK's server waits up to 40 ms for an acknowledgement before it sends the rest of an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What stands behind the endpoint. */
    public record Services(
            Place place,
            SnsApi sns,
            URI sqs,
            URI dynamoDb,
            TimeToLive timeToLive,
            Functions functions,
            Map<String, String> parameters,
            Optional<Metering> metering) {}

    /** Who counts what passes through. */
    public record Metering(QueueMeter queues, TableMeter tables) {}

    private final HttpServer server;
    private final Proxy proxy = new Proxy();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Takes the port; requests wait until {@link #open}.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is taken
     */
    public Gateway(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 512);
        } catch (IOException e) {
            throw new UncheckedIOException("port %d of 127.0.0.1 is not free".formatted(port), e);
        }
        server.setExecutor(threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Begins to answer. */
    public void open(Services services) {
        server.createContext("/", exchange -> {
            try (exchange) {
                route(exchange, services);
            }
        });
        server.start();
    }

    private void route(HttpExchange exchange, Services services) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .orElse("");
        var operation = target.substring(target.indexOf('.') + 1);
        if (target.startsWith("DynamoDB_")) {
            if (TimeToLive.answers(operation)) send(exchange, timeToLive(operation, body, services.timeToLive()));
            else dynamoDb(exchange, operation, body, services);
        } else if (target.startsWith("AmazonSQS.")) {
            sqs(exchange, operation, body, services);
        } else if (target.startsWith("AmazonSSM.")) {
            send(
                    exchange,
                    new Parameters(services.parameters(), services.place()).answer(operation, JSON.readTree(body)));
        } else if (!target.isEmpty()) {
            send(exchange, Answer.jsonError(400, "UnknownOperationException", unknown(exchange, target)));
        } else {
            query(exchange, body, services);
        }
    }

    private void dynamoDb(HttpExchange exchange, String operation, byte[] body, Services services) throws IOException {
        if (services.metering().isEmpty()) {
            proxy.pass(exchange, body, services.dynamoDb());
            return;
        }
        var meter = services.metering().get().tables();
        try {
            proxy.passThrough(
                    exchange,
                    body,
                    services.dynamoDb(),
                    (request, engine) -> meter.pass(operation, request, engine::answer));
        } catch (DynamoDbException e) {
            send(exchange, error(e));
        }
    }

    private void sqs(HttpExchange exchange, String operation, byte[] body, Services services) throws IOException {
        URI engine = services.sqs();
        var refusal = SqsRules.refusal(operation, body);
        if (refusal.isPresent()) {
            send(exchange, refusal.get());
        } else if (operation.equals("DeleteMessage")) {
            proxy.pass(
                    exchange,
                    body,
                    engine,
                    answer -> SqsRules.isDeletedAlready(body, answer)
                            ? Optional.of(Answer.json("{}"))
                            : Optional.empty());
            services.metering().ifPresent(metering -> metering.queues().deleted(body));
        } else if (services.metering().isPresent()) {
            var meter = services.metering().get().queues();
            proxy.passThrough(exchange, body, engine, (request, next) -> {
                byte[] answer = next.answer(request);
                meter.count(operation, request, answer);
                return answer;
            });
        } else {
            proxy.pass(exchange, body, engine);
        }
    }

    private void query(HttpExchange exchange, byte[] body, Services services) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var form = exchange.getRequestMethod().equals("POST")
                ? new String(body, StandardCharsets.UTF_8)
                : Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        var invocation = Invocations.functionOf(path);
        if (invocation.isPresent()) {
            Invocations.answer(exchange, invocation.get(), body, services.functions());
            return;
        }
        var request = QueryRequest.parse(form);
        // Queue URLs are ACCOUNT/NAME; a link to unsubscribe has no version.
        if (request.version().equals(SQS_VERSION)
                || path.startsWith("/" + services.place().accountId() + "/")) {
            if (services.metering().isPresent()) {
                send(
                        exchange,
                        Answer.queryError(
                                "",
                                400,
                                "InvalidAction",
                                "The meter counts requests to SQS in the JSON protocol only."));
            } else {
                proxy.pass(exchange, body, services.sqs());
            }
        } else if (request.version().equals(SnsApi.VERSION) || request.action().equals("Unsubscribe")) {
            send(exchange, services.sns().answer(request));
        } else if (request.version().equals(STS_VERSION) && request.action().equals("GetCallerIdentity")) {
            send(exchange, callerIdentity(services.place()));
        } else if (!request.action().isEmpty()) {
            send(exchange, Answer.queryError("", 400, "InvalidAction", unknown(exchange, request.action())));
        } else {
            send(
                    exchange,
                    Answer.jsonError(
                            404,
                            "UnknownOperationException",
                            unknown(exchange, exchange.getRequestMethod() + " " + path)));
        }
    }

    private static Answer timeToLive(String operation, byte[] body, TimeToLive timeToLive) throws IOException {
        try {
            return Answer.json(timeToLive.answer(operation, JSON.readTree(body)).toString());
        } catch (DynamoDbException e) {
            return error(e);
        }
    }

    private static Answer error(DynamoDbException e) {
        return Answer.jsonError(400, "com.amazonaws.dynamodb.v20120810#" + e.code(), e.text());
    }

    private static Answer callerIdentity(Place place) {
        return Answer.query(
                "https://sts.amazonaws.com/doc/2011-06-15/",
                "GetCallerIdentity",
                "<Arn>arn:aws:iam::%1$s:root</Arn><UserId>%1$s</UserId><Account>%1$s</Account>"
                        .formatted(place.accountId()));
    }

    private static String unknown(HttpExchange exchange, String operation) {
        return "The local cloud has no %s%s."
                .formatted(service(exchange).map(name -> name + " ").orElse(""), operation);
    }

    /** The service in the signature's credential scope: KEY/DATE/REGION/SERVICE/aws4_request. */
    private static Optional<String> service(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .map(header -> header.split("/"))
                .filter(scope -> scope.length > 4)
                .map(scope -> scope[3]);
    }

    static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("x-amzn-RequestId", answer.requestId());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        proxy.close();
    }
}
