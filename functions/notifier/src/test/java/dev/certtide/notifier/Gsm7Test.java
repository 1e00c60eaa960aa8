package dev.certtide.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gsm7Test {
    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "grüße, grüße",
        "café, café",
        "čaj, caj",
        "a…b, a...b",
        "“x” – y, \"x\" - y",
        "例え.jp, ??.jp",
        "🚨, ?",
    })
    void whatTheAlphabetHasNotIsWrittenOtherwise(String text, String spelled) {
        assertEquals(spelled, Gsm7.oneMessage(text));
    }

    @Test
    void oneMessageHas160PlacesAndSomeCharactersTakeTwo() {
        assertEquals("x".repeat(160), Gsm7.oneMessage("x".repeat(160)));
        assertEquals("x".repeat(157) + "...", Gsm7.oneMessage("x".repeat(161)));
        assertEquals("[".repeat(80), Gsm7.oneMessage("[".repeat(80)));
        assertEquals("[".repeat(78) + "...", Gsm7.oneMessage("[".repeat(81)));
    }

    @Test
    void ofALongNameAPartIsLeftOutAndNotWhatIsWrong() {
        var host = "internal-a1b2c3d4e5f6." + "customers.".repeat(8) + "shop.example:8443";
        var text = SmsSender.text(Samples.notice(Samples.about(host)));
        assertTrue(text.startsWith("Certtide: Critical: internal-a1b"), text);
        assertTrue(text.endsWith("shop.example:8443: the certificate expired 2 days ago. Act now."), text);
        assertTrue(Gsm7.length(text) <= 160, text);
    }

    @Test
    void aTextMessageIsOneMessageWhateverItIsAbout() {
        for (var notification : new dev.certtide.model.event.Notification[] {
            Samples.notification(Samples.JANE), Samples.ofMany(), Samples.summary()
        }) {
            var text = SmsSender.text(Samples.notice(notification));
            assertTrue(Gsm7.length(text) <= 160, text);
            assertTrue(text.contains("shop.example"), text);
        }
    }
}
