package dev.certtide.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.local.template.TableSpec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The DynamoDB engine as a child of this process. */
class TablesTest {
    private final Tables tables = new Tables(Optional.empty());

    @AfterEach
    void stop() {
        tables.close();
        assertFalse(tables.process().isAlive());
    }

    @Test
    void aClientThatGoesAwayInTheMiddleOfARequestHarmsNobody() throws IOException {
        var head = """
                POST / HTTP/1.1\r
                Host: localhost\r
                X-Amz-Target: DynamoDB_20120810.ListTables\r
                Content-Length: 100\r
                \r
                {""";
        for (int i = 0; i < 20; i++) {
            try (var socket =
                    new Socket(tables.endpoint().getHost(), tables.endpoint().getPort())) {
                socket.setSoLinger(true, 0); // Closing resets the connection.
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertTrue(tables.call("ListTables", Tables.JSON.createObjectNode())
                .path("TableNames")
                .isEmpty());
    }

    @Test
    void makingATableTwiceIsNoErrorAndABadOneIs() {
        var keys = "[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]";
        var good = new TableSpec(
                "Good",
                Map.of(
                        "KeySchema",
                        keys,
                        "BillingMode",
                        "\"PAY_PER_REQUEST\"",
                        "AttributeDefinitions",
                        "[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}]"),
                Optional.empty());
        tables.apply(List.of(good));
        tables.apply(List.of(good));
        var bad = new TableSpec("Bad", Map.of("KeySchema", keys), Optional.empty());
        var refused = assertThrows(DynamoDbException.class, () -> tables.apply(List.of(bad)));
        assertEquals("ValidationException", refused.code());
    }
}
