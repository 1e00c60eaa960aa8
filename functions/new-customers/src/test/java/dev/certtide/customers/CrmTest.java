package dev.certtide.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.contract.Contract;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function with a CRM, on tables and queues. */
@ExtendWith(Engines.class)
class CrmTest {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String JANE = added("jane", "shop.example");

    private record Call(String id, String timestamp, String signature, String body) {
        String type() {
            return body.substring("{\"type\":\"".length(), body.indexOf("\",\"timestamp"));
        }
    }

    private final Invocation invocation = new Invocation("new-customers", Duration.ofSeconds(60));
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private LocalSqs sqs;
    private String deadLetters;
    private Table config;
    private Table marketing;
    private NewCustomersHandler handler;
    private volatile int answer = 204;
    private volatile String refused = "nothing";
    private volatile CyclicBarrier together = new CyclicBarrier(1);
    private volatile Instant now = Instant.parse("2026-11-21T13:10:00Z");

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) throws IOException {
        this.sqs = sqs;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        var configTable = dynamoDb.newTable();
        var marketingTable = dynamoDb.newTable();
        config = new Table(dynamoDb.client(), configTable);
        marketing = new Table(dynamoDb.client(), marketingTable);
        deadLetters = sqs.newQueue();
        var variables = Map.of(
                "MARKETING_TABLE", marketingTable,
                "CONFIG_TABLE", configTable,
                "DEAD_LETTER_QUEUE_URL", deadLetters,
                "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8",
                "CERTTIDE_ALLOWED_PORTS", "1-65535");
        handler = new NewCustomersHandler(Variables.of(dynamoDb, sqs, variables), () -> now);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body));
            together.await(3, TimeUnit.SECONDS);
            exchange.sendResponseHeaders(body.contains(refused) ? 422 : answer, -1);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException alone) {
            throw new IOException(alone);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aNewCustomerAndTheirSiteAreToldSignedAndKeepTheContract() {
        configure();
        assertEquals(0, failures(JANE));
        assertEquals(List.of("customer.created", "customer.site-added"), types());
        for (var call : calls) {
            assertEquals(WebhookSignature.sign(KEY, call.id(), now.getEpochSecond(), call.body()), call.signature());
            assertEquals(List.of(), new Contract("customer-webhook.v1").violations(call.body()));
            assertEquals(Json.readTree("""
                            {"type": "%s", "timestamp": "2026-11-21T13:00:00Z",
                             "data": {"owner": "jane", "target": "https://shop.example:443", "email": "jane@example.com",
                                      "name": "Jane", "locale": "en", "plan": "pro"}}
                            """.formatted(call.type())), Json.readTree(call.body()));
        }
    }

    @Test
    void eachIsToldOnceForEver() {
        configure();
        assertEquals(0, failures(JANE, JANE));
        assertEquals(0, failures(added("jane", "blog.example")));
        now = now.plus(Duration.ofDays(4000));
        assertEquals(0, failures(JANE, added("jane", "blog.example")));
        assertEquals(List.of("customer.created", "customer.site-added", "customer.site-added"), types());
        assertEquals(3, calls.stream().map(Call::id).distinct().count());
    }

    @Test
    void aHundredSitesAtOnceAreToldOnceEach() {
        configure();
        var batch = IntStream.range(0, 100)
                .mapToObj(i -> added("jane", "s" + i + ".example"))
                .toList();
        assertEquals(0, failures(batch.toString()));
        assertEquals(0, failures(batch.toString()));
        assertEquals(101, calls.size());
        assertEquals(101, calls.stream().map(Call::id).distinct().count());
    }

    @Test
    void theCustomersOfOneMessageAreToldAtOnceSoThatItIsDoneInTime() {
        configure();
        together = new CyclicBarrier(16);
        var batch = IntStream.range(0, 32)
                .mapToObj(i -> added("owner-" + i, "shop.example"))
                .toList();
        assertEquals(0, failures(batch.toString()));
        assertFalse(together.isBroken(), "customers who never were told at the same time");
        assertEquals(64, calls.stream().map(Call::id).distinct().count());
    }

    @Test
    void whatIsToldIsCountedEvenIfSomethingElseFails() {
        configure();
        refused = "\"joe\"";
        assertEquals(0, failures(List.of(added("joe", "joe.example"), JANE).toString()));
        assertTrue(
                invocation.lines().stream().anyMatch(line -> line.contains("\"ToldCrm\":2")),
                invocation.lines().toString());
    }

    @Test
    void withoutACrmNothingIsToldAndNothingIsClaimed() {
        assertEquals(0, failures(JANE));
        assertEquals(List.of(), calls);
        assertEquals(List.of(), marketing.query("crm#customer.created#jane", ""));
    }

    @Test
    void aCrmThatIsConfiguredLaterIsFoundWithinAMinuteAndToldOfWhoComesAgain() {
        assertEquals(0, failures(JANE));
        configure();
        now = now.plusSeconds(60);
        assertEquals(0, failures(added("jane", "blog.example").replace("13:00:00Z", "13:00:01Z")));
        assertEquals(List.of("customer.created", "customer.site-added"), types());
        assertTrue(calls.getFirst().body().contains("https://shop.example:443"), "the first site of the customer");
    }

    @Test
    void aCrmThatIsInTroubleIsToldWhenTheMessageComesBackWithTheSameIdentity() {
        configure();
        answer = 503;
        assertEquals(1, failures(JANE));
        assertEquals(List.of("customer.created"), types());
        assertTrue(marketing.get("CUSTOMER#jane", "PROFILE").isPresent(), "the table does not wait for the CRM");
        answer = 200;
        assertEquals(0, failures(JANE));
        assertEquals(List.of("customer.created", "customer.created", "customer.site-added"), types());
        assertEquals(calls.get(0).id(), calls.get(1).id());
        assertEquals(List.of(), sqs.drain(deadLetters));
    }

    @Test
    void aRefusalIsKeptWithItsReasonAndKeepsNobodyElseFromBeingTold() {
        configure();
        refused = "\"joe\"";
        var message = List.of(added("joe", "joe.example"), JANE).toString();
        assertEquals(0, failures(message));
        assertEquals(List.of("customer.created", "customer.created", "customer.site-added"), types());
        var kept = sqs.drain(deadLetters);
        assertEquals(1, kept.size());
        assertEquals(message, kept.getFirst().body());
        var attributes = kept.getFirst().messageAttributes();
        assertEquals(
                "crm: the webhook answered 422; it must answer 2xx",
                attributes.get("reason").stringValue());
        assertEquals("crm", attributes.get("field").stringValue());
        assertEquals("new-customers", attributes.get("function").stringValue());

        // Moved back when the CRM has been put right.
        refused = "nothing";
        assertEquals(0, failures(message));
        assertEquals(5, calls.size());
        assertEquals(List.of(), sqs.drain(deadLetters));
    }

    @Test
    void whatSomebodyElseIsTellingComesBack() {
        configure();
        new Claims(marketing, () -> now).claim("crm#customer.created#jane", Duration.ofSeconds(40));
        assertEquals(1, failures(JANE));
        assertEquals(List.of(), calls);
        now = now.plusSeconds(41);
        assertEquals(0, failures(JANE));
        assertEquals(2, calls.size());
    }

    @Test
    void anAddressThatMayNotBeVisitedIsRefused() {
        config.put(Item.of("SECRET##crm", "WEBHOOK")
                .with("url", "http://10.0.0.1/")
                .with("secret", KEY));
        assertEquals(0, failures(JANE));
        assertEquals(
                "crm",
                sqs.drain(deadLetters)
                        .getFirst()
                        .messageAttributes()
                        .get("field")
                        .stringValue());
        assertFalse(invocation.lines().toString().contains("MfKQ9r8"));
    }

    private void configure() {
        config.put(Item.of("SECRET##crm", "WEBHOOK")
                .with("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/crm")
                .with("secret", KEY));
    }

    private List<String> types() {
        return calls.stream().map(Call::type).sorted().toList();
    }

    /** How many of the messages, one after the other, come back. */
    private long failures(String... bodies) {
        return java.util.Arrays.stream(bodies)
                .filter(body -> !handler.handleRequest(Invocation.messages(body), invocation)
                        .getBatchItemFailures()
                        .isEmpty())
                .count();
    }

    private static String added(String owner, String url) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "tests", "type": "dev.certtide.url.added.v1",
                 "time": "2026-11-21T13:00:00Z", "data": {"url": "%s", "owner": "%s", "email": "%s@example.com",
                 "name": "Jane", "locale": "en", "plan": "pro"}}""".formatted(owner + url, url, owner, owner);
    }
}
