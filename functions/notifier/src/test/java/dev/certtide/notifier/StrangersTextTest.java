package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Channel;
import dev.certtide.model.json.Json;
import org.junit.jupiter.api.Test;

/** Certificates hold what strangers wrote into them; no provider makes anything of it. */
class StrangersTextTest {
    private static final String CN = "CN=\\[Renew here\\](https://evil.example)";

    @Test
    void aBackslashMakesNoLinkInTeams() {
        var card = Json.write(AdaptiveCard.of(notice(StoredChannels.TEAMS)));
        var text = LocalProviders.tree(card)
                .at("/attachments/0/content/body/1/text")
                .asText();
        assertEquals("CN=\\\\\\[Renew here\\\\\\](https://evil.example)", text);
    }

    @Test
    void slackMakesNoLinkOfABareAddress() {
        var blocks = LocalProviders.tree(Json.write(SlackBlocks.of(notice(StoredChannels.SLACK))))
                .path("blocks");
        assertTrue(blocks.size() > 1);
        blocks.forEach(block -> {
            boolean isMarkup = block.at("/text/type").asText().equals("mrkdwn");
            assertEquals(isMarkup, block.at("/text/verbatim").asBoolean(), block.toString());
        });
    }

    private static Notice notice(Channel channel) {
        var notice = Samples.notice(notification(channel));
        return new Notice(notice.notification(), notice.facts(), new MessageText("subject", CN));
    }
}
