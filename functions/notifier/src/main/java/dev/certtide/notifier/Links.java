package dev.certtide.notifier;

import dev.certtide.model.event.Notification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Pages of the operator's own, if there are any.
 *
 * @param acknowledge an address with {@code {incident}} and {@code {owner}} in it
 * @param unsubscribe an address with {@code {owner}} and {@code {address}} in it; it must take a POST without a question
 *     (RFC 8058)
 */
record Links(Optional<String> acknowledge, Optional<String> unsubscribe) {
    static final Links NONE = new Links(Optional.empty(), Optional.empty());

    /** Where, or by which command, it is said that somebody is at it. */
    String acknowledgement(Notification notification) {
        return acknowledge
                .map(page -> page.replace("{incident}", encoded(notification.incident()))
                        .replace("{owner}", encoded(notification.owner().id())))
                .orElse("certtide incidents ack " + notification.incident().replaceAll("[^\\x21-\\x7e]", "?"));
    }

    /** Where a mail address is taken off. */
    Optional<String> unsubscription(Notification notification, String address) {
        return unsubscribe.map(page -> page.replace("{address}", encoded(address))
                .replace("{owner}", encoded(notification.owner().id())));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
