package dev.certtide.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as it is deployed, on tables and queues. */
@ExtendWith(Engines.class)
class NewCustomersHandlerTest {
    private final Invocation invocation = new Invocation("new-customers", Duration.ofSeconds(60));
    private Table marketing;
    private NewCustomersHandler handler;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        var table = dynamoDb.newTable();
        marketing = new Table(dynamoDb.client(), table);
        handler = new NewCustomersHandler(
                Variables.of(dynamoDb, sqs, Map.of("MARKETING_TABLE", table, "DEAD_LETTER_QUEUE_URL", sqs.newQueue())),
                () -> Instant.parse("2026-11-21T13:00:00Z"));
    }

    @Test
    void theFirstSignUpCountsAndEachSiteIsKept() {
        handle(
                "{\"url\": \"shop.example\", \"owner\": \"jane\", \"email\": \"jane@example.com\", \"name\": \"Jane\", \"plan\": \"pro\"}",
                "{\"url\": \"shop.example\", \"owner\": \"jane\", \"email\": \"jane@example.com\", \"name\": \"Jane\", \"plan\": \"pro\"}",
                "{\"url\": \"blog.example\", \"owner\": \"jane\", \"email\": \"other@example.com\"}");
        assertEquals(
                Optional.of(Item.of("CUSTOMER#jane", "PROFILE")
                        .with("owner", "jane")
                        .with("signedUpAt", "2026-11-21T13:00:00Z")
                        .with("firstTarget", "https://shop.example:443")
                        .with("email", "jane@example.com")
                        .with("name", "Jane")
                        .with("plan", "pro")),
                marketing.get("CUSTOMER#jane", "PROFILE"));
        assertEquals(
                List.of("SITE#https://blog.example:443", "SITE#https://shop.example:443"),
                marketing.query("CUSTOMER#jane", "SITE#").stream().map(Item::sk).toList());
    }

    @Test
    void whoCantBeReachedAndWhatIsNoSignUpIsNotKept() {
        handle(
                "{\"url\": \"shop.example\"}",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.removed.v1\","
                        + " \"data\": {\"url\": \"shop.example\", \"owner\": \"jane\"}}");
        assertEquals(List.of(), marketing.query("CUSTOMER#default", "PROFILE"));
        assertEquals(List.of(), marketing.query("CUSTOMER#jane", "PROFILE"));
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
