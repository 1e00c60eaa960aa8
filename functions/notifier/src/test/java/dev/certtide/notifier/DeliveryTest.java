package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Item;
import dev.certtide.kit.Queue;
import dev.certtide.kit.RetryLaterException;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.kit.engine.memory.Faults;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.notifier.Delivery.Result;
import dev.certtide.webhook.GuardedHttp;
import dev.certtide.webhook.WebhookSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

@ExtendWith(Engines.class)
class DeliveryTest {
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private LocalDynamoDb dynamoDb;
    private LocalSqs sqs;
    private String queue;
    private String dedupTable;
    private String resultsTable;
    private String configTable;
    private HttpServer server;
    private volatile int answer = 204;
    private volatile Instant now = NOW;

    @BeforeEach
    void tablesAndWebhook(LocalDynamoDb dynamoDb, LocalSqs sqs) throws IOException {
        this.dynamoDb = dynamoDb;
        this.sqs = sqs;
        queue = sqs.newQueue();
        resultsTable = dynamoDb.newTable();
        dedupTable = dynamoDb.newTable();
        configTable = dynamoDb.newTable();
        table(configTable).put(Item.of("SECRET##deployment", "WEBHOOK").with("secret", Samples.KEY));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatWasToldIsNotToldAgain() {
        assertEquals(Result.TOLD, deliver(told("a")));
        assertEquals(Result.KNOWN, deliver(told("a")));
        assertEquals(Result.TOLD, deliver(told("b")));
        now = now.plus(Duration.ofDays(89));
        assertEquals(Result.KNOWN, deliver(told("a")));
        assertEquals(2, ids.size());
    }

    @Test
    void theSameDeliveredManyTimesAtOnceIsToldOnce() throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        try {
                            return deliver(told("a")) == Result.TOLD;
                        } catch (RetryLaterException held) {
                            return false; // It comes back later.
                        }
                    }))
                    .toList();
            start.countDown();
            int told = 0;
            for (var outcome : outcomes) {
                told += outcome.get() ? 1 : 0;
            }
            assertEquals(1, told);
        }
        assertEquals(1, ids.size());
    }

    @Test
    void afterACrashItIsToldAgainOnlyWhenTheLeaseHasEndedAndWithTheSameIdentity() {
        // What an invocation leaves that dies between sending and recording.
        new Claims(table(dedupTable), () -> now).claim("notification#a", Duration.ofSeconds(60));
        var later = assertThrows(RetryLaterException.class, () -> deliver(told("a")));
        assertEquals(Duration.ofSeconds(61), later.delay());
        assertEquals(List.of(), ids);
        now = now.plusSeconds(61);
        assertEquals(Result.TOLD, deliver(told("a")));
        assertEquals(Result.KNOWN, deliver(told("a")));

        dedupTable = dynamoDb.newTable();
        assertEquals(Result.TOLD, deliver(told("a")));
        assertEquals(1, ids.stream().distinct().count(), "receivers tell repetitions by the id");
    }

    @Test
    void aFailureGivesTheClaimBackSoThatTheNextTryMaySendAtOnce() {
        answer = 503;
        assertThrows(RetryLaterException.class, () -> deliver(told("a")));
        answer = 204;
        assertEquals(Result.TOLD, deliver(told("a")));
        assertEquals(2, ids.size());
    }

    @Test
    void whatWasSentAndCouldNotBeRecordedIsNotSentAgainAtOnce() {
        var memory = new MemoryDynamoDb(() -> now);
        var throttledWhenDone = memory.through(Faults.at(2, Faults.Kind.THROTTLE));
        var name = memory.newTable();
        var failing = delivery(new Claims(new Table(throttledWhenDone, name), () -> now));
        var next = delivery(new Claims(new Table(memory, name), () -> now));

        assertThrows(ProvisionedThroughputExceededException.class, () -> failing.deliver(told("a"), Samples.FIRST));

        assertThrows(RetryLaterException.class, () -> next.deliver(told("a"), Samples.FIRST));
        assertEquals(1, ids.size());
    }

    @Test
    void aRefusalIsNoDelivery() {
        answer = 410;
        assertThrows(InvalidInputException.class, () -> deliver(told("a")));
    }

    /** The function as it is deployed, on tables and queues. */
    @Test
    void theFunctionTellsOnceAndKeepsWhatCantBeToldWithItsReason(LocalSqs sqs) {
        var deadLetters = sqs.newQueue();
        var handler = new NotifierHandler(
                Variables.of(
                        dynamoDb,
                        sqs,
                        Map.of(
                                "CONFIG_TABLE",
                                configTable,
                                "DEDUP_TABLE",
                                dedupTable,
                                "RESULTS_TABLE",
                                resultsTable,
                                "NOTIFICATIONS_QUEUE_URL",
                                queue,
                                "DEAD_LETTER_QUEUE_URL",
                                deadLetters,
                                "CERTTIDE_ALLOWED_NETWORKS",
                                "127.0.0.0/8",
                                "CERTTIDE_ALLOWED_PORTS",
                                "1-65535")),
                () -> now);
        var invocation = new Invocation("notifier", Duration.ofSeconds(60));
        var blocked = event(notification(new Channel.Webhook("http://10.0.0.1/"), "c"));
        var response = handler.handleRequest(
                Invocation.messages(event(told("a")), event(told("b")), blocked, "{\"nonsense\": 1}"), invocation);
        assertEquals(List.of(), response.getBatchItemFailures());
        assertEquals(
                List.of(),
                handler.handleRequest(Invocation.messages(event(told("a"))), invocation)
                        .getBatchItemFailures());
        assertEquals(2, ids.size());
        var kept = sqs.drain(deadLetters);
        assertEquals(2, kept.size());
        assertTrue(kept.stream()
                .anyMatch(message -> message.body().equals(blocked)
                        && message.messageAttributes()
                                .get("field")
                                .stringValue()
                                .equals("channel.url")
                        && message.messageAttributes()
                                .get("function")
                                .stringValue()
                                .equals("notifier")));
        var lines = invocation.lines().toString();
        assertFalse(lines.contains("MfKQ9r8") || lines.contains("s3cret"), lines);
    }

    private Result deliver(Notification notification) {
        return delivery().deliver(notification, Samples.FIRST);
    }

    private Notification told(String key) {
        return notification(
                new Channel.Webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/"), key);
    }

    private static String event(Notification notification) {
        return CloudEvent.of(
                        EventType.NOTIFICATION_DECIDED,
                        notification.key(),
                        "ssl-failures",
                        notification.target().id(),
                        NOW,
                        Optional.empty(),
                        notification)
                .write();
    }

    private Delivery delivery() {
        return delivery(new Claims(table(dedupTable), () -> now));
    }

    private Delivery delivery(Claims claims) {
        var secrets = new Secrets(table(configTable));
        var guard = AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535"));
        var http = new GuardedHttp(guard, true, () -> now);
        var poster = new Poster(http);
        var nowhere = URI.create("http://127.0.0.1:1");
        return new Delivery(
                claims,
                new Texts(table(configTable), secrets),
                new Senders(
                        new MailSender(secrets, new SmtpMail(() -> now), new SesMail(() -> null)),
                        new OwnerWebhooks(secrets, new WebhookSender(http, () -> now)),
                        new SmsSender(() -> null),
                        new SlackSender(secrets, poster),
                        new TeamsSender(secrets, poster),
                        new PagerDutySender(secrets, poster, nowhere),
                        new TelegramSender(secrets, poster, nowhere),
                        new MessengerSender(secrets, poster, nowhere)),
                new Detours(
                        new BrokenChannels(table(resultsTable), () -> now),
                        secrets,
                        new Queue(sqs.client(), queue),
                        () -> now),
                new Trials(table(resultsTable), () -> now));
    }

    private Table table(String name) {
        return new Table(dynamoDb.client(), name);
    }
}
