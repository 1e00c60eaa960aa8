package dev.certtide.notifier;

import com.samskivert.mustache.MustacheException;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.Notification;

/** Finds the words for a notification: the owner's own if they have stored some, else ours. */
final class Texts {
    private final Table config;
    private final Secrets secrets;

    Texts(Table config, Secrets secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    Notice of(Notification notification) {
        var facts = Facts.of(notification, secrets.links());
        var text = config.get(
                        "OWNER#" + notification.owner(),
                        "TEMPLATE#" + notification.kind().word())
                .map(own -> filled(own, facts))
                .orElseGet(() -> MessageText.of(facts));
        return new Notice(notification, facts, text);
    }

    /** A template was good when it was stored; if it is not any more, or leaves a part blank, our words are better. */
    private static MessageText filled(Item own, Facts facts) {
        try {
            var text = new TextTemplate(own.get("subject"), own.get("body")).fill(facts);
            return text.isBlank() ? MessageText.of(facts) : text;
        } catch (InvalidInputException | MustacheException | IllegalStateException unusable) {
            return MessageText.of(facts);
        }
    }
}
