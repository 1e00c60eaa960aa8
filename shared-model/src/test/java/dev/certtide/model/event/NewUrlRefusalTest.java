package dev.certtide.model.event;

import static dev.certtide.model.event.Elements.event;
import static dev.certtide.model.event.Elements.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no event, and what is said of it. */
class NewUrlRefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | url | is missing",
                "{\"url\": null} | url | is missing",
                "{\"url\": \"\"} | url | is empty; write it as https://host",
                "{\"url\": true} | url | must be a text",
                "{\"url\": {}} | url | must be a text",
                "{\"url\": []} | url | must be a text",
                "{\"url\": 1.5} | url | must be a text",
                "{\"url\": 1e999} | url | must be a text",
                "{\"url\": \"x.example\", \"owner\": \"\"} | owner | must have 1 to 128 characters",
                "{\"url\": \"x.example\", \"owner\": \"a#b\"} | owner | must not hold control characters or #",
                "{\"url\": \"x.example\", \"owner\": []} | owner | must be a text",
                "{\"url\": \"x.example\", \"owner\": 1.5} | owner | must be a text",
                "{\"url\": \"x.example\", \"owner\": 9007199254740993} | owner | is a number of more than 53 bits; send it as a text",
                "{\"url\": \"x.example\", \"owner\": -9007199254740993} | owner | is a number of more than 53 bits; send it as a text",
                "{\"url\": \"x.example\", \"owner\": 9223372036854775808} | owner | is a number of more than 53 bits; send it as a text",
                "{\"url\": \"x.example\", \"owner\": -9223372036854775809} | owner | is a number of more than 53 bits; send it as a text",
                "{\"url\": \"x.example\", \"externalId\": {}} | externalId | must be a text",
                "{\"url\": \"x.example\", \"tags\": \"prod\"} | tags | must be a list: [ ... ]",
                "{\"url\": \"x.example\", \"tags\": [1]} | tags | must be texts of 1 to 64 characters",
                "{\"url\": \"x.example\", \"tags\": [null]} | tags | must be texts of 1 to 64 characters",
                "{\"url\": \"x.example\", \"tags\": [\" \"]} | tags | must be texts of 1 to 64 characters",
                "{\"url\": \"x.example\", \"channels\": {}} | channels | must be a list: [ ... ]",
                "{\"url\": \"x.example\", \"channels\": [null]} | channels[0] | must be a JSON object",
                "{\"url\": \"x.example\", \"channels\": [\"email\"]} | channels[0] | must be a JSON object",
                "{\"url\": \"x.example\", \"channels\": [{}]} | channels[0].type | is missing",
                "{\"url\": \"x.example\", \"channels\": [{\"type\": \"fax\"}]} | channels[0].type | is not a known channel; use email, webhook, sms, slack, teams, pagerduty, telegram or messenger",
                "{\"url\": \"x.example\", \"channels\": [{\"type\": \"sms\"}]} | channels[0].number | is missing",
                "{\"url\": \"x.example\", \"channels\": [{\"type\": \"slack\", \"name\": \"#ops\"}]} | channels[0].name | must be 1 to 40 letters, digits, hyphens and underscores, such as ops",
                "{\"url\": \"x.example\", \"channels\": [{\"type\": \"email\"}]} | channels[0].address | is missing",
                "{\"url\": \"x.example\", \"channels\": [{\"type\": \"email\", \"address\": \"x\"}]} | channels[0].address"
                        + " | is no mail address such as jane@example.com",
                "{\"url\": \"x.example\", \"channels\": [{\"type\": \"webhook\", \"url\": \"x\"}]} | channels[0].url"
                        + " | is no webhook address such as https://example.com/hooks",
                "{\"url\": \"x.example\", \"email\": \"x\"} | email | is no mail address such as jane@example.com",
                "{\"url\": \"x.example\", \"name\": []} | name | must be a text",
                "{\"type\": \"dev.certtide.url.added.v1\", \"data\": {}} | specversion | is missing; a CloudEvent has \"1.0\"",
                "{\"specversion\": \"0.3\"} | specversion | must be \"1.0\"",
                "{\"specversion\": \"1.0\"} | id | is missing",
                "{\"specversion\": \"1.0\", \"id\": \" \"} | id | is missing",
                "{\"specversion\": \"1.0\", \"id\": \"1\"} | source | is missing",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\"} | type | is missing",
                "{\"specversion\": [], \"id\": \"1\", \"source\": \"s\"} | specversion | must be a text",
                "{\"specversion\": \"1.0\", \"id\": {}, \"source\": \"s\"} | id | must be a text",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": false} | source | must be a text",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": 5, \"time\": \"yesterday\"} | time"
                        + " | is no RFC 3339 time such as 2026-11-21T13:00:00Z",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.recheck.due.v1\", \"data\": {}} | type"
                        + " | is not for new_url",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.added.v1\"} | data | is missing",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.added.v1\", \"data\": null}"
                        + " | data | is missing",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.added.v1\", \"data\": \"x\"}"
                        + " | data | must be a JSON object",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.added.v1\", \"data\": {}}"
                        + " | data.url | is missing",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"dev.certtide.url.paused.v1\","
                        + " \"data\": {\"url\": \"x.example\", \"owner\": true}} | data.owner | must be a text",
            })
    void aComplaintNamesTheFieldThatIsWrong(String text, String field, String problem) {
        var reason = rejected(text);
        assertEquals(field, reason.field());
        assertEquals(problem, reason.problem());
    }

    @Test
    void anUnknownTypeIsRefusedWithThoseThatAreKnown() {
        var reason = rejected(event("dev.certtide.url.added.v2", "{}"));
        assertEquals("type", reason.field());
        assertTrue(reason.problem().contains("dev.certtide.url.added.v1"), reason.problem());
        assertFalse(reason.problem().contains("dev.certtide.recheck.due.v1"), "senders have no use for our own types");
    }

    @Test
    void whatIsTooLongOrTooManyIsRefused() {
        assertEquals(
                "externalId",
                rejected("{\"url\": \"x.example\", \"externalId\": \"" + "x".repeat(513) + "\"}")
                        .field());
        assertEquals(
                "tags",
                rejected("{\"url\": \"x.example\", \"tags\": [\"" + "x".repeat(65) + "\"]}")
                        .field());
        assertEquals(
                "tags",
                rejected("{\"url\": \"x.example\", \"tags\": " + list(51, "\"t\"") + "}")
                        .field());
        assertEquals(
                "channels",
                rejected("{\"url\": \"x.example\", \"channels\": "
                                + list(11, "{\"type\": \"email\", \"address\": \"a@b.example\"}") + "}")
                        .field());
        assertEquals(
                "owner",
                rejected("{\"url\": \"x.example\", \"owner\": \"" + "x".repeat(129) + "\"}")
                        .field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{",
                "[",
                "{\"url\"",
                "{\"url\":",
                "{\"url\":\"x.example\"",
                "{\"url\":\"x.example\"]",
                "nonsense",
                "{\"url\":\"x.example\"} x",
                "{\"url\":\"x.example\"}{\"url\":\"y.example\"}",
                "{\"url\":\"x.example\"}]",
                "{\"url\":\"x.example\"},",
                "[{\"url\":\"x.example\"}] []",
                "\"x\" y",
                "true false",
                "5 5",
                "\uFEFF{\"url\":\"x.example\"}",
                "{\"url\":\"x.example\",\"url\":\"y.example\"}",
                "{'url':'x.example'}",
                "{\"url\":\"x.example\" // comment\n}",
                // Half a surrogate pair can be neither hashed nor stored.
                "{\"url\":\"x.example\",\"owner\":\"\\ud800\"}",
                "{\"url\":\"x.example\",\"owner\":\"\\udc00\\ud800\"}",
                "{\"url\":\"x.example\",\"owner\":\"\\uD83Dx\"}",
                "{\"\\ud800\":1}",
                "[{\"url\":\"x.example\"},{\"url\":\"\\ud800\"}]",
                "{\"url\":\"x.example\",\"owner\":\"\\\\\\ud800\"}",
                "{\"url\":\"x.example\",\"owner\":\"\uD83D\"}"
            })
    void aTextThatIsNotOneJsonValueIsRefusedAsAWhole(String text) {
        assertEquals(
                "",
                assertThrows(InvalidInputException.class, () -> NewUrlMessage.parse(text))
                        .field());
    }

    @Test
    void deepNestingIsRefusedBeforeItIsFollowed() {
        for (var open : List.of("[", "{\"a\":")) {
            var refusal = assertThrows(InvalidInputException.class, () -> NewUrlMessage.parse(open.repeat(200_000)));
            assertEquals("is nested deeper than 64 levels", refusal.getMessage());
        }
    }

    @Test
    void aPasswordIsNeverRepeatedInAComplaint() {
        var url = "\"url\": \"https://jane:s3cret@example.com\"";
        assertFalse(rejected("{" + url + "}").getMessage().contains("s3cret"));
        for (var text :
                List.of("{" + url + " garbage}", "{" + url, "{" + url + ",}x", "[{" + url + "},{" + url + "xx}]")) {
            var refusal = assertThrows(InvalidInputException.class, () -> NewUrlMessage.parse(text));
            assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "externalId, '\"7\\n8\"'",
        "externalId, '\"7\\r\"'",
        "name, '\"Jane\\u0000\"'",
        "plan, '\"\\tpro\"'",
        "tags, '[\"a\", \"two\\nlines\"]'",
        "tags, '[\"\\u0085x\"]'"
    })
    void aControlCharacterIsRefusedSinceNoRowOfAnExportCouldHoldIt(String field, String json) {
        var reason = rejected("{\"url\": \"x.example\", \"" + field + "\": " + json + "}");
        assertEquals(field, reason.field());
        assertEquals("holds a line break or another control character; send it without", reason.problem());
    }

    private static String list(int count, String element) {
        return IntStream.range(0, count).mapToObj(i -> element).collect(Collectors.joining(",", "[", "]"));
    }
}
