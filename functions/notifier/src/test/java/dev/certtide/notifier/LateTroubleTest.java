package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.kit.AwsClients;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trouble could not be told at first, and meanwhile it is over. */
class LateTroubleTest {
    private static final String OPENED = "inc_1#0#critical#abc";
    private static final String RECOVERED = "inc_1#0#recovered#abc";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int answer = 204;
    private NotifierHandler notifier;

    @BeforeEach
    void notifierAndWebhook() throws IOException {
        var dynamoDb = new MemoryDynamoDb(() -> NOW);
        var sqs = new MemorySqs(() -> NOW, Mischief.none());
        var config = dynamoDb.newTable();
        new Table(dynamoDb, config).put(Item.of("SECRET##deployment", "WEBHOOK").with("secret", Samples.KEY));
        var variables = Map.of(
                "CONFIG_TABLE",
                config,
                "DEDUP_TABLE",
                dynamoDb.newTable(),
                "RESULTS_TABLE",
                dynamoDb.newTable(),
                "NOTIFICATIONS_QUEUE_URL",
                queue(sqs, "notifications"),
                "DEAD_LETTER_QUEUE_URL",
                queue(sqs, "dead-letters"),
                "CERTTIDE_ALLOWED_NETWORKS",
                "127.0.0.0/8",
                "CERTTIDE_ALLOWED_PORTS",
                "1-65535",
                "AWS_REGION",
                "us-east-1");
        notifier = AwsClients.lend(dynamoDb, sqs, () -> new NotifierHandler(variables, () -> NOW));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (answer == 204) {
                told.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    private static String queue(MemorySqs sqs, String name) {
        return sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isNotToldAfterItsEnd() {
        answer = 503;
        assertEquals(1, deliver(OPENED, Kind.OPENED, 1), "it comes back");
        answer = 204;
        assertEquals(0, deliver(RECOVERED, Kind.RECOVERED, 1));

        assertEquals(0, deliver(OPENED, Kind.OPENED, 2));
        assertEquals(0, deliver("inc_1#0#reminder-1#abc", Kind.REMINDER, 3));

        assertEquals(ids(RECOVERED), told);
    }

    @Test
    void isToldWhenItBeganAnewOrOverAnotherChannel() {
        deliver(RECOVERED, Kind.RECOVERED, 1);
        deliver("inc_1#1#critical#abc", Kind.OPENED, 2);
        deliver("inc_1#0#critical#def", Kind.OPENED, 2);
        deliver("inc_2#0#critical#abc", Kind.OPENED, 2);

        assertEquals(ids(RECOVERED, "inc_1#1#critical#abc", "inc_1#0#critical#def", "inc_2#0#critical#abc"), told);
    }

    private static List<String> ids(String... keys) {
        return Stream.of(keys).map(key -> "msg_" + Fingerprint.shortOf(key)).toList();
    }

    /** How many come back. */
    private int deliver(String key, Kind kind, int attempt) {
        var hook = new Channel.Webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        var sample = notification(hook, kind);
        var notification = new Notification(
                key,
                kind,
                sample.owner(),
                hook,
                sample.target(),
                sample.status(),
                sample.incident(),
                sample.since(),
                sample.at(),
                sample.findings(),
                sample.leaf());
        var body = CloudEvent.of(
                        EventType.NOTIFICATION_DECIDED,
                        key,
                        "ssl-failures",
                        sample.target().id(),
                        NOW,
                        Optional.empty(),
                        notification)
                .write();
        SQSEvent event = Invocation.messages(body);
        event.getRecords()
                .forEach(message -> message.setAttributes(Map.of(
                        "ApproximateReceiveCount",
                        Integer.toString(attempt),
                        "SentTimestamp",
                        Long.toString(NOW.toEpochMilli()))));
        return notifier.handleRequest(event, new Invocation("notifier", Duration.ofSeconds(30)))
                .getBatchItemFailures()
                .size();
    }
}
