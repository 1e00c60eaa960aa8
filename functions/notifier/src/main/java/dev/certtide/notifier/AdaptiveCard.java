package dev.certtide.notifier;

import dev.certtide.model.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A notice as an Adaptive Card 1.4 (the newest that Teams shows everywhere) in the envelope that workflows take. Pure.
 * Teams takes 28 KB (Microsoft Learn, "Format cards in Microsoft Teams").
 */
final class AdaptiveCard {
    private static final int SUBJECT = 300;
    private static final int PARAGRAPH = 4000;
    private static final int ALL = 12_000;

    private AdaptiveCard() {}

    static Map<String, Object> of(Notice notice) {
        var body = new ArrayList<Map<String, Object>>();
        var subject = new LinkedHashMap<String, Object>();
        subject.put("type", "TextBlock");
        subject.put("text", escaped(MessageText.shortened(notice.text().subject(), SUBJECT)));
        subject.put("size", "Large");
        subject.put("weight", "Bolder");
        subject.put("wrap", true);
        subject.put("color", color(notice.notification().status()));
        body.add(subject);
        int left = ALL;
        var text = notice.text();
        boolean isWhole = text.subject().length() <= SUBJECT;
        for (var paragraph : isWhole ? text.paragraphsBelowSubject() : text.paragraphs()) {
            if (left > 0) {
                var shortened = MessageText.shortened(paragraph, Math.min(PARAGRAPH, Math.max(left, 2)));
                left -= shortened.length();
                body.add(paragraph(escaped(shortened)));
            }
        }
        var card = new LinkedHashMap<String, Object>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("body", body);
        card.put("msteams", Map.of("width", "Full"));
        var attachment = new LinkedHashMap<String, Object>();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.put("content", card);
        var message = new LinkedHashMap<String, Object>();
        message.put("type", "message");
        message.put("attachments", List.of(attachment));
        return message;
    }

    private static Map<String, Object> paragraph(String text) {
        var block = new LinkedHashMap<String, Object>();
        block.put("type", "TextBlock");
        // A single line end is a space in Markdown.
        block.put("text", text.replace("\n", "\n\n"));
        block.put("wrap", true);
        return block;
    }

    /** Adaptive Cards show a subset of Markdown; a host name or a finding must not turn into a link. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace("*", "\\*")
                .replace("_", "\\_");
    }

    private static String color(Status status) {
        return switch (status) {
            case OK -> "Good";
            case WARNING -> "Warning";
            case CRITICAL, UNREACHABLE -> "Attention";
        };
    }
}
