package dev.certtide.notifier;

import dev.certtide.model.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mail, whatever it is sent by. Pure.
 *
 * @param unsubscription where the address is taken off, if there is such a page
 */
record Mail(Notice notice, String from, String to, Optional<String> unsubscription) {
    /** SES refuses mails with a longer value, of 870 characters, in a header (SES API v2 Reference, "MessageHeader"). */
    private static final int LONGEST_PAGE = 868;

    /** The identity of the notification: a mail that is sent again after a crash has the same one. */
    String messageId() {
        return "<" + Fingerprint.shortOf(notice.notification().key()) + "@certtide>";
    }

    String html() {
        return Html.of(notice);
    }

    /** What it has besides those of every mail. */
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday notices in answer, please
        // Libraries write what they are given: a line break here would begin a header of somebody else's choice.
        headers.put("X-Certtide-Incident", notice.notification().incident().replaceAll("[^\\x21-\\x7e]", "?"));
        unsubscription.filter(page -> page.length() <= LONGEST_PAGE).ifPresent(page -> {
            headers.put("List-Unsubscribe", "<" + page + ">"); // RFC 2369
            headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // RFC 8058
        });
        return headers;
    }
}
