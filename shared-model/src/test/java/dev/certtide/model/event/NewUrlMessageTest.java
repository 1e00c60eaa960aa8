package dev.certtide.model.event;

import static dev.certtide.model.event.Elements.accepted;
import static dev.certtide.model.event.Elements.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.event.NewUrlMessage.Element;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewUrlMessageTest {
    @Test
    void aCloudEventIsReadWithAllItsFields() {
        var added = assertInstanceOf(UrlEvent.Added.class, accepted("""
                {"specversion": "1.0", "id": "e-1", "source": "/shop", "type": "dev.certtide.url.added.v1",
                 "time": "2026-11-21T14:37:00.5+01:00", "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                 "datacontenttype": "application/json", "subject": "whatever", "someextension": true,
                 "data": {"url": "https://Example.com/login", "owner": "user-1", "externalId": 42, "tags": ["prod", "eu"],
                          "channels": [{"type": "email", "address": "ops@example.com"},
                                       {"type": "webhook", "url": "https://example.com/hook"}],
                          "email": "jane@example.com", "name": "Jane", "locale": "de-AT", "plan": "pro"}}"""));
        assertEquals(
                new UrlEvent.Origin(
                        "e-1",
                        "/shop",
                        Optional.of(Instant.parse("2026-11-21T13:37:00.5Z")),
                        Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
                added.origin());
        assertEquals("https://example.com:443", added.target().id());
        assertEquals(new Owner("user-1"), added.owner());
        assertEquals(Optional.of("42"), added.externalId());
        assertEquals(List.of("prod", "eu"), added.tags());
        assertEquals(
                List.of(new Channel.Email("ops@example.com"), new Channel.Webhook("https://example.com/hook")),
                added.channels());
        assertEquals(
                new Customer(
                        Optional.of("jane@example.com"), Optional.of("Jane"), Optional.of("de-AT"), Optional.of("pro")),
                added.customer());
    }

    @Test
    void aBareUrlIsEnough() {
        var added = assertInstanceOf(UrlEvent.Added.class, accepted("{\"url\": \"example.com\"}"));
        assertEquals("https://example.com:443", added.target().id());
        assertEquals(Owner.DEFAULT, added.owner());
        assertEquals(List.of(), added.channels());
    }

    @Test
    void theSameBareContentIsTheSameEventAndOtherContentIsNot() {
        var id = accepted("{\"url\": \"example.com\"}").origin().id();
        assertEquals(id, accepted(" { \"url\" :\n\"example.com\" } ").origin().id());
        assertNotEquals(
                id,
                accepted("{\"url\": \"example.com\", \"owner\": \"jane\"}")
                        .origin()
                        .id());
    }

    @Test
    void theMailAddressOfTheCustomerIsTheChannelWhenNoneIsNamed() {
        var added = (UrlEvent.Added) accepted("{\"url\": \"example.com\", \"email\": \"jane@example.com\"}");
        assertEquals(List.of(new Channel.Email("jane@example.com")), added.channels());
    }

    @ParameterizedTest
    @CsvSource({
        "dev.certtide.url.added.v1, Added",
        "dev.certtide.url.removed.v1, Removed",
        "dev.certtide.url.paused.v1, Paused",
        "dev.certtide.url.resumed.v1, Resumed",
        "dev.certtide.url.check-requested.v1, CheckRequested",
    })
    void eachTypeHasItsMeaning(String type, String meaning) {
        assertEquals(
                meaning,
                accepted(event(type, "{\"url\": \"example.com\"}")).getClass().getSimpleName());
    }

    @Test
    void oneBadElementDoesNotSpoilTheOthers() {
        var elements = NewUrlMessage.parse("""
                [{"url": "a.example"}, {"url": "http://b.example"}, null, 5, [], "x", {}, {"url": "c.example"}]""");
        assertEquals(8, elements.size());
        assertInstanceOf(Element.Accepted.class, elements.getFirst());
        assertInstanceOf(Element.Accepted.class, elements.getLast());
        assertEquals(
                List.of("[1].url", "[2]", "[3]", "[4]", "[5]", "[6].url"),
                elements.subList(1, 7).stream()
                        .map(element -> ((Element.Rejected) element).reason().field())
                        .toList());
        assertEquals(
                List.of("{\"url\":\"http://b.example\"}", "null", "5", "[]", "\"x\"", "{}"),
                elements.subList(1, 7).stream()
                        .map(element -> ((Element.Rejected) element).json())
                        .toList());
    }

    @Test
    void aBadMessageIsKeptAsItCame() {
        var text = " {\"url\": \"http://example.com\", \"id\": 123456789012345678901234567890, \"x\": null} ";
        assertEquals(text, ((Element.Rejected) NewUrlMessage.parse(text).getFirst()).json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d\\udca9",
                "\\uD83D\\uDCA9",
                "\uD83D\uDCA9",
                "\\\\ud800",
                "\\\"\\\\",
                "}]{[\\\"",
                "\\u00e4"
            })
    void textsMayHoldWhateverIsACharacter(String name) {
        var added = (UrlEvent.Added) accepted("{\"url\": \"x.example\", \"name\": \"" + name + "\"}");
        assertFalse(added.customer().name().orElseThrow().isEmpty());
    }

    @Test
    void numericIdentifiersCountAsTheirDigits() {
        assertEquals(
                "9007199254740991",
                accepted("{\"url\": \"x.example\", \"owner\": 9007199254740991}")
                        .owner()
                        .id());
        assertEquals(
                "-7",
                accepted("{\"url\": \"x.example\", \"owner\": -7}").owner().id());
    }
}
