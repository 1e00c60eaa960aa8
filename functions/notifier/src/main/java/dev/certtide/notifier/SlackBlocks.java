package dev.certtide.notifier;

import java.util.ArrayList;
import java.util.Map;

/**
 * A notice in Slack's Block Kit. Pure. Within its limits: a header of 150 characters, a section of 3,000, 50 blocks
 * (Slack API, "Block Kit", reference of blocks).
 */
final class SlackBlocks {
    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int MOST_BLOCKS = 50;

    private SlackBlocks() {}

    static Map<String, Object> of(Notice notice) {
        var blocks = new ArrayList<Map<String, Object>>();
        var subject = notice.text().subject();
        blocks.add(Fields.of("type", "header", "text", text("plain_text", MessageText.shortened(subject, HEADER))));
        var text = notice.text();
        for (var paragraph : subject.length() <= HEADER ? text.paragraphsBelowSubject() : text.paragraphs()) {
            if (blocks.size() < MOST_BLOCKS) {
                blocks.add(Fields.of("type", "section", "text", words(escapedWithin(paragraph, SECTION))));
            }
        }
        // The text is what a notification on the telephone shows.
        return Fields.of("text", escapedWithin(subject, SECTION), "blocks", blocks);
    }

    /** Slack API, "Formatting text": these three are all that begins links, mentions and commands. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Shortened before it is escaped: half of {@code &amp;} would be shown as it is. */
    private static String escapedWithin(String text, int most) {
        var escaped = escaped(text);
        int fitting = (int) ((long) text.length() * most / Math.max(1, escaped.length()));
        return escaped.length() <= most
                ? escaped
                : escapedWithin(MessageText.shortened(text, Math.max(2, fitting - 1)), most);
    }

    /** Verbatim: what looks like an address in a stranger's certificate is no link. */
    private static Map<String, Object> words(String text) {
        return Fields.of("type", "mrkdwn", "text", text, "verbatim", true);
    }

    private static Map<String, Object> text(String type, String text) {
        return Fields.of("type", type, "text", text);
    }
}
