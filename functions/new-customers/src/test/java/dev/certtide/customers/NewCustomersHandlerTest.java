package dev.certtide.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as it is deployed, on tables and queues. */
@ExtendWith(Engines.class)
class NewCustomersHandlerTest {
    private final Invocation invocation = new Invocation("new-customers", Duration.ofSeconds(60));
    private Table marketing;
    private Map<String, String> variables;
    private NewCustomersHandler handler;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var table = dynamoDb.newTable();
        marketing = new Table(dynamoDb.client(), table);
        variables = Map.of(
                "MARKETING_TABLE", table,
                "CONFIG_TABLE", dynamoDb.newTable(),
                "DEAD_LETTER_QUEUE_URL", sqs.newQueue());
        handler = handler(Variables.of(dynamoDb, sqs, variables));
    }

    private static NewCustomersHandler handler(Map<String, String> variables) {
        return new NewCustomersHandler(variables, () -> Instant.parse("2026-11-21T13:00:00Z"));
    }

    @Test
    void aCustomerIsKeptWithTheSignUpTheSitesAndWhatWasSaidLast() {
        handle(
                added("13:00:00", "shop.example", "\"email\": \"jane@example.com\", \"plan\": \"free\""),
                added("13:05:00", "blog.example", "\"name\": \"Jane\", \"plan\": \"pro\""));
        assertEquals(
                Map.of(
                        "owner", "jane",
                        "signedUpAt", "2026-11-21T13:00:00Z",
                        "firstTarget", "https://shop.example:443",
                        "email", "jane@example.com",
                        "name", "Jane",
                        "plan", "pro"),
                profile());
        assertEquals(
                Map.of(
                        "SITE#https://blog.example:443", "2026-11-21T13:05:00.000000000Z",
                        "SITE#https://shop.example:443", "2026-11-21T13:00:00.000000000Z"),
                sites());
    }

    @Test
    void whateverTheOrderAndTheNumberOfDeliveriesTheTableIsTheSame() {
        var events = List.of(
                added("13:00:00", "shop.example", "\"email\": \"jane@example.com\""),
                added("13:01:00", "blog.example", "\"name\": \"Jane\", \"plan\": \"free\""),
                added("13:02:00", "shop.example", "\"plan\": \"pro\""),
                added("13:02:00", "wiki.example", "\"email\": \"jane@new.example\", \"locale\": \"de\""));
        handle(events.toArray(String[]::new));
        var expectedProfile = marketing.get("CUSTOMER#jane", "PROFILE");
        var expectedSites = sites();
        var random = new Random(4);
        for (int run = 0; run < 10; run++) {
            marketing.query("CUSTOMER#jane", "").forEach(item -> marketing.delete(item.pk(), item.sk()));
            var deliveries = new ArrayList<>(events);
            deliveries.addAll(events);
            Collections.shuffle(deliveries, random);
            handle(deliveries.toArray(String[]::new));
            assertEquals(expectedProfile, marketing.get("CUSTOMER#jane", "PROFILE"));
            assertEquals(expectedSites, sites());
        }
    }

    @Test
    void aHundredMessagesOfOneCustomerAtOnceAreAllKept() {
        var messages = IntStream.range(0, 100)
                .mapToObj(i -> added(
                        "13:%02d:%02d".formatted(i / 60, i % 60), "s" + i + ".example", "\"plan\": \"p" + i + "\""))
                .toArray(String[]::new);
        assertEquals(
                List.of(),
                handler.handleRequest(Invocation.messages(messages), invocation).getBatchItemFailures());
        assertEquals("https://s0.example:443", profile().get("firstTarget"));
        assertEquals("p99", profile().get("plan"));
        assertEquals(100, sites().size());
    }

    @Test
    void theCustomersOfOneMessageAreKeptAtOnceSoThatItIsDoneInTime(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var together = new CyclicBarrier(16);
        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
            if (call.operation().equals("UpdateItem")) {
                meet(together);
            }
            return new Fate.Passed(call.body());
        })) {
            var through = new HashMap<>(variables);
            through.put("AWS_ENDPOINT_URL_DYNAMODB", between.endpoint().toString());
            var message = IntStream.range(0, 32)
                    .mapToObj(i -> "{\"url\": \"shop.example\", \"owner\": \"owner-" + i + "\"}")
                    .toList()
                    .toString();
            var response = handler(Variables.of(dynamoDb, sqs, through))
                    .handleRequest(Invocation.messages(message), invocation);
            assertEquals(List.of(), response.getBatchItemFailures());
        }
        assertFalse(together.isBroken(), "customers who never were kept at the same time");
        for (int i = 0; i < 32; i++) {
            assertEquals(2, marketing.query("CUSTOMER#owner-" + i, "").size());
        }
    }

    /** Goes on when so many are here at once; after a while if they never are, and then for good. */
    private static void meet(CyclicBarrier together) {
        try {
            together.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException alone) {
            // The test looks whether it is broken.
        }
    }

    @Test
    void whoCantBeReachedAndWhatIsNoSignUpIsNotKept() {
        handle(
                "{\"url\": \"shop.example\"}",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.removed.v1\","
                        + " \"data\": {\"url\": \"shop.example\", \"owner\": \"jane\"}}");
        assertEquals(List.of(), marketing.query("CUSTOMER#default", ""));
        assertEquals(List.of(), marketing.query("CUSTOMER#jane", ""));
    }

    @Test
    void peopleOfASenderWhoNamesNoOwnersAreNotTakenForOne() {
        handle(
                "{\"url\": \"a.example\", \"email\": \"jane@example.com\", \"name\": \"Jane\"}",
                "[{\"url\": \"b.example\", \"email\": \"joe@example.com\"},"
                        + " {\"url\": \"c.example\", \"email\": \"Jane@example.com\"}]");

        assertEquals(List.of("Jane", ""), names("jane@example.com", "joe@example.com"));
        assertEquals(List.of(), marketing.query("CUSTOMER#default", ""));
    }

    private List<String> names(String... emails) {
        return Arrays.stream(emails)
                .map(email -> marketing
                        .get("CUSTOMER#default#" + Fingerprint.shortOf(email), "PROFILE")
                        .orElseThrow()
                        .find("name")
                        .orElse(""))
                .toList();
    }

    private Map<String, String> profile() {
        var item = marketing.get("CUSTOMER#jane", "PROFILE").orElseThrow();
        return item.attributes().keySet().stream()
                .filter(name -> !List.of("pk", "sk", "revision").contains(name))
                .filter(name -> name.equals("signedUpAt") || !name.endsWith("At"))
                .collect(java.util.stream.Collectors.toMap(name -> name, item::get));
    }

    private Map<String, String> sites() {
        return marketing.query("CUSTOMER#jane", "SITE#").stream()
                .collect(java.util.stream.Collectors.toMap(Item::sk, item -> item.get("addedAt")));
    }

    private static String added(String time, String url, String more) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "tests", "type": "dev.certtide.url.added.v1",
                 "time": "2026-11-21T%sZ", "data": {"url": "%s", "owner": "jane", %s}}
                """.formatted(time + url, time, url, more);
    }

    private void handle(String... bodies) {
        // One after the other: the messages of one invocation are worked on all at once.
        for (var body : bodies) {
            assertEquals(
                    List.of(),
                    handler.handleRequest(Invocation.messages(body), invocation).getBatchItemFailures());
        }
    }
}
