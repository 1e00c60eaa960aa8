package dev.certtide.notifier;

import dev.certtide.model.Status;
import java.util.stream.Collectors;

/** A notice as the HTML of a mail. Pure. Made of the plain text, all of which is escaped: nobody's text is HTML. */
final class Html {
    private Html() {}

    static String of(Notice notice) {
        var subject = escaped(notice.text().subject());
        var paragraphs = notice.text().paragraphsBelowSubject().stream()
                .map(Html::paragraph)
                .collect(Collectors.joining("\n"));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="UTF-8"><title>%s</title></head>
                <body style="font-family: sans-serif; font-size: 16px; line-height: 1.4; color: #1a1a1a; max-width: 40em">
                <h1 style="font-size: 18px; border-left: 6px solid %s; padding-left: 10px">%s</h1>
                %s
                </body>
                </html>
                """.formatted(subject, color(notice.notification().status()), subject, paragraphs);
    }

    /** Lines that begin with a hyphen are items of a list, the others are lines. */
    private static String paragraph(String paragraph) {
        var html = new StringBuilder();
        boolean inList = false;
        boolean first = true;
        html.append("<p>");
        for (var line : paragraph.split("\n")) {
            var isItem = line.startsWith("- ");
            if (isItem != inList) {
                html.append(isItem ? "</p><ul>" : "</ul><p>");
                inList = isItem;
                first = true;
            }
            if (isItem) {
                html.append("<li>").append(escaped(line.substring(2))).append("</li>");
            } else {
                html.append(first ? "" : "<br>\n").append(escaped(line));
                first = false;
            }
        }
        html.append(inList ? "</ul>" : "</p>");
        return html.toString().replace("<p></p>", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String color(Status status) {
        return switch (status) {
            case OK -> "#1a7f37";
            case WARNING -> "#bf8700";
            case CRITICAL, UNREACHABLE -> "#cf222e";
        };
    }
}
