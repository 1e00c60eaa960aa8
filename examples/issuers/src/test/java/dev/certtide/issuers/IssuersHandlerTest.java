package dev.certtide.issuers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of {@code docs/subscribers.md}: that it works, and that the page shows it. */
@ExtendWith(Engines.class)
class IssuersHandlerTest {
    private static final Path HOME = Path.of(System.getProperty("certtide.home"));
    private static final Path EXAMPLE = HOME.resolve("examples/issuers");
    private static final String SHOP = "TARGET#https://example.com:443";

    private final Invocation invocation = new Invocation("issuers", Duration.ofSeconds(60));
    private LocalSqs sqs;
    private String deadLetters;
    private Table marketing;
    private IssuersHandler handler;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.sqs = sqs;
        deadLetters = sqs.newQueue();
        var table = dynamoDb.newTable();
        marketing = new Table(dynamoDb.client(), table);
        var variables =
                Variables.of(dynamoDb, sqs, Map.of("MARKETING_TABLE", table, "DEAD_LETTER_QUEUE_URL", deadLetters));
        handler = new IssuersHandler(variables, InstantSource.fixed(Instant.EPOCH));
    }

    @Test
    void theIssuerOfWhatWasCheckedIsKeptHoweverOftenItIsToldAndTheNewestWins() throws IOException {
        var result = resultOfTheContractsPage();
        handle(result);
        assertEquals("CN=Some CA", issuer());
        handle(result.replace("CN=Some CA", "CN=Newer CA").replace("13:00:01.5Z", "14:00:00Z"));
        handle(result);
        assertEquals("CN=Newer CA", issuer());
        assertEquals(List.of(), sqs.drain(deadLetters));
    }

    @Test
    void whatIsNoResultIsKeptWithTheReason() {
        handle("nonsense");
        assertTrue(sqs.drain(deadLetters).getFirst().messageAttributes().containsKey("reason"));
    }

    @Test
    void thePageShowsThisVeryExampleAndItIsShort() throws IOException {
        var source = Files.readString(EXAMPLE.resolve("src/main/java/dev/certtide/issuers/IssuersHandler.java"));
        assertTrue(source.lines().count() < 60, "the page promises less than 60 lines");
        assertEquals(source, block(HOME.resolve("docs/subscribers.md"), "java"));
        // A function's folder lies next to the others', below its parent.
        assertEquals(
                Files.readString(EXAMPLE.resolve("pom.xml"))
                        .replace("<relativePath>../../functions</relativePath>", ""),
                block(HOME.resolve("docs/subscribers.md"), "xml"));
    }

    private void handle(String body) {
        assertEquals(
                List.of(),
                handler.handleRequest(Invocation.messages(body), invocation).getBatchItemFailures());
    }

    private String issuer() {
        return marketing.get(SHOP, "ISSUER").orElseThrow().get("issuer");
    }

    private static String resultOfTheContractsPage() throws IOException {
        var page = Files.readString(HOME.resolve("docs/contracts/events.md"));
        return block(page.substring(page.indexOf("## ssl_result")), "json");
    }

    private static String block(Path page, String language) throws IOException {
        return block(Files.readString(page), language);
    }

    private static String block(String page, String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
