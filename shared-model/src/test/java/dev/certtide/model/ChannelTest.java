package dev.certtide.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "email:jane@example.com",
                "webhook:https://example.com/hooks?a=1",
                "sms:+4915112345678",
                "slack:ops",
                "teams:ops",
                "pagerduty:on-call",
                "telegram:me",
                "messenger:jane"
            })
    void anIdIsReadBack(String id) {
        var channel = Channel.ofId(id);
        assertEquals(id, channel.id());
        assertTrue(Channel.TYPES.contains(channel.type()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slack", ":ops", "fax:ops", "Slack:ops"})
    void whatNamesNoKindIsRefusedWithThoseThereAre(String id) {
        var refused = assertThrows(InvalidInputException.class, () -> Channel.ofId(id));
        assertEquals("channel", refused.field());
        assertTrue(refused.problem().endsWith(String.join(", ", Channel.TYPES)), refused.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane@example.com",
                "jane+certs@mail.example.com",
                "o'hara@example.com",
                "a@localhost",
                "j.d@example.co.uk"
            })
    void aMailAddressIsTaken(String address) {
        assertEquals("email:" + address, new Channel.Email(address).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jane",
                "@example.com",
                "jane@",
                "jane@@example.com",
                "jane@example.com\r\nBcc: all@example.com",
                "jane doe@example.com",
                "<jane@example.com>",
                "Jane <jane@example.com>",
                "jane@example.com,joe@example.com",
                "\"jane\"@example.com",
                "jäne@example.com",
                "jane@exämple.com",
                "jane@[192.0.2.1]",
                "jane@example.com ",
                "\u0000@example.com",
                // Mail libraries refuse these only when the mail is to be sent.
                "jane@example..com",
                "jane@.example.com",
                "jane@example.com.",
                "jane@-example.com",
                "jane@example-.com",
                "jane@.",
                ".jane@example.com",
                "jane.@example.com",
                "jane..doe@example.com"
            })
    void whatIsNoMailAddressIsRefused(String address) {
        assertEquals(
                "address",
                assertThrows(InvalidInputException.class, () -> new Channel.Email(address))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "http://127.0.0.1:8080/hook",
                "https://[::1]/x?y=z",
                "https://example.com:65535/"
            })
    void aWebhookAddressIsTaken(String url) {
        assertEquals("webhook:" + url, new Channel.Webhook(url).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/hook",
                "ftp://example.com",
                "file:///etc/passwd",
                "https://",
                "https:///x",
                "https://a b/",
                "https://exa\nmple.com",
                "https:example.com",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:99999999999/"
            })
    void whatIsNoWebhookAddressIsRefused(String url) {
        assertEquals(
                "url",
                assertThrows(InvalidInputException.class, () -> new Channel.Webhook(url))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://jane:s3cret@example.com/",
                "https://s3cret@example.com/",
                "https://jane:s3cret@exa mple.com/"
            })
    void aPasswordInAWebhookAddressIsRefusedAndNotRepeated(String url) {
        var refusal = assertThrows(InvalidInputException.class, () -> new Channel.Webhook(url));
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4915112345678", "+12025550123", "+35312345"})
    void aTelephoneNumberIsTaken(String number) {
        assertEquals("sms:" + number, new Channel.Sms(number).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4915112345678",
                "+04915112345678",
                "+49 151 12345678",
                "+1234567",
                "+1234567890123456",
                "+49a"
            })
    void whatIsNoTelephoneNumberIsRefused(String number) {
        assertEquals(
                "number",
                assertThrows(InvalidInputException.class, () -> new Channel.Sms(number))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-ops", "o ps", "o#ps", "o/ps", "öps", "a2345678901234567890123456789012345678901"})
    void aNameCanBePartOfAKeyAndOfACommand(String name) {
        assertEquals(
                "name",
                assertThrows(InvalidInputException.class, () -> new Channel.Slack(name))
                        .field());
    }

    @Test
    void whatPeopleCallAChannelHoldsNothingSecret() {
        assertEquals(
                "the webhook at example.com",
                new Channel.Webhook("https://example.com/T0/s3cret?key=s3cret").displayName());
        assertEquals("Slack (ops)", new Channel.Slack("ops").displayName());
        assertEquals("slack", new Channel.Slack("ops").type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a#b", "a\nb", "a\u0000", "a\u0085b"})
    void anOwnerHasPrintableCharactersWithoutNumberSigns(String id) {
        assertEquals(
                "owner",
                assertThrows(InvalidInputException.class, () -> new Owner(id)).field());
        assertThrows(InvalidInputException.class, () -> new Owner("a".repeat(129)));
    }
}
