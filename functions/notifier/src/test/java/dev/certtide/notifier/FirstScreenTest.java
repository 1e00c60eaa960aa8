package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Channel;
import dev.certtide.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What to do is on the first screen: nothing is said twice before it. */
class FirstScreenTest {
    private static final String SUBJECT = "Critical: shop.example: it ends. Act now.";
    private static final String BODY = "shop.example: it ends. Act now.\n\nRenew it.";

    @Test
    void whatTheSubjectSaysTheFirstParagraphDoesNotSayAgain() {
        assertEquals("Renew it.", at(SlackBlocks.of(notice(SUBJECT)), "/blocks/1/text/text"));
        assertEquals("Renew it.", at(AdaptiveCard.of(notice(SUBJECT)), "/attachments/0/content/body/1/text"));
        assertEquals(SUBJECT + "\n\nRenew it.", at(TelegramSender.message(notice(SUBJECT), "1"), "/text"));
        assertEquals(SUBJECT + "\n\nRenew it.", at(MessengerSender.message(notice(SUBJECT), "1"), "/message/text"));
        assertEquals(-1, Html.of(notice(SUBJECT)).indexOf("<p>shop.example"));
    }

    @Test
    void whatTheSubjectDoesNotSayIsSaid() {
        assertEquals("shop.example: it ends. Act now.", at(SlackBlocks.of(notice("Critical")), "/blocks/1/text/text"));
        var cutOff = "x".repeat(150) + SUBJECT;
        assertEquals("shop.example: it ends. Act now.", at(SlackBlocks.of(notice(cutOff)), "/blocks/1/text/text"));
    }

    private static String at(Map<String, Object> message, String pointer) {
        return LocalProviders.tree(Json.write(message)).at(pointer).asText();
    }

    private static Notice notice(String subject) {
        Channel channel = StoredChannels.SLACK;
        var notice = Samples.notice(notification(channel));
        return new Notice(notice.notification(), notice.facts(), new MessageText(subject, BODY));
    }
}
