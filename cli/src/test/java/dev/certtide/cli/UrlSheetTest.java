package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.UrlEvent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrlSheetTest {
    private final Imported sheet = new Imported();

    @Test
    void aLineThatCannotBeUsedIsToldWithItsNumberAndColumnAndTheOthersArePublished() throws IOException {
        sheet.take("""
                url,owner,email,webhook,tags,paused
                good.example,1
                http://plain.example,1

                good2.example,a#b
                good3.example,1,no mail,,,
                good4.example,1,,ftp://x,,
                good5.example,1,,,%s
                good6.example,1,,,,maybe
                "never closed,1
                good7.example,1,,,,,,surplus
                ,1
                gut\uFFFD.example,1
                good8.example,1,,,[broken
                last.example,1
                """.formatted("t".repeat(65)));
        assertEquals(
                List.of(
                        "urls.csv:3: url",
                        "urls.csv:5: owner",
                        "urls.csv:6: email",
                        "urls.csv:7: webhook",
                        "urls.csv:8: tags",
                        "urls.csv:9: paused",
                        "urls.csv:10: has a quote that is not closed",
                        "urls.csv:11: has 8 cells and the first line has 6",
                        "urls.csv:12: url",
                        "urls.csv:13: is not UTF-8",
                        "urls.csv:14: tags"),
                sheet.complaints().stream()
                        .map(text -> text.replaceFirst("(csv:\\d+: (\\w+)):.*|;.*", "$1"))
                        .toList(),
                String.join("\n", sheet.complaints()));
        assertEquals(List.of("good.example", "last.example"), sheet.hosts());
    }

    @Test
    void aByteOrderMarkLineEndsOfAllKindsQuotesAndOtherSeparatorsAreRead() throws IOException {
        sheet.take(
                "\uFEFF\"url\";owner;tags\r\n\"a.example\";\"4 \"\"2\"\"\";\"x;y\"\r\n;;\r\n  b.example ;7;\rc.example;;z");
        assertEquals(List.of(), sheet.complaints());
        assertEquals(List.of("a.example", "b.example", "c.example"), sheet.hosts());
        assertEquals(
                List.of("4 \"2\"", "7", "me"),
                sheet.events().stream().map(event -> event.owner().id()).toList());
        assertEquals(List.of("x", "y"), ((UrlEvent.Added) sheet.events().getFirst()).tags());
    }

    @Test
    void theFirstLineMustNameTheUrl() {
        var complaint = assertThrows(InvalidInputException.class, () -> sheet.take("https://a.example\n"));
        assertTrue(complaint.getMessage().startsWith("urls.csv:1: names no column url"), complaint.getMessage());
        assertThrows(InvalidInputException.class, () -> sheet.take(""));
        assertThrows(InvalidInputException.class, () -> sheet.take("url,URL\n"));
    }

    @Test
    void whatIsNoCsvIsToldWithWhatIsWrongWithIt() throws IOException {
        var complaint = assertThrows(InvalidInputException.class, () -> sheet.take("url,\"own\"er\n"));
        assertEquals(
                "urls.csv:1: is no CSV: Unexpected character after closing quote: 'e' (0x65)", complaint.getMessage());
        sheet.take("url,owner\n\"a.example\"x,1\n");
        assertEquals(
                List.of("urls.csv:2: is no CSV: Unexpected character after closing quote: 'x' (0x78)"),
                sheet.complaints());
    }
}
