package dev.certtide.notifier;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.event.Notification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What only the notifier reads: items of {@code Config} under {@code SECRET#}. Nothing of them is ever printed or thrown.
 *
 * <p>An owner's own secret comes before the deployment's. {@code #} can't be part of an owner's identifier, so nobody's
 * can be mistaken for the deployment's.
 */
final class Secrets {
    private static final String OF_OWNER = "SECRET#";
    private static final String OF_DEPLOYMENT = "SECRET##deployment";

    private final Table config;

    Secrets(Table config) {
        this.config = config;
    }

    /**
     * The keys that webhooks to an owner are signed with: the newest, and the one before while it is being changed.
     *
     * @throws InvalidInputException when there is none
     */
    List<String> webhookKeys(Owner owner) {
        return find(owner, "WEBHOOK")
                .map(item -> Stream.of("secret", "previousSecret")
                        .flatMap(key -> item.find(key).stream())
                        .toList())
                .filter(keys -> !keys.isEmpty())
                .orElseThrow(() -> new InvalidInputException(
                        "channel", "webhooks can't be signed; store a key with: certtide configure webhook-key"));
    }

    /**
     * The settings of a channel that is stored under a name.
     *
     * @throws InvalidInputException when there are none
     */
    Settings of(Owner owner, Channel.Stored channel) {
        return find(owner, "CHANNEL#" + channel.id())
                .map(item -> new Settings(item, channel))
                .orElseThrow(() -> new InvalidInputException(
                        "channel.name",
                        channel.displayName() + " is not stored; store it with: certtide channel add " + channel.id()));
    }

    /** Whether a notification's channel is one of the whole deployment, whoever is told over it. */
    boolean isShared(Notification notification) {
        return notification.channel() instanceof Channel.Stored channel
                && config.get(OF_OWNER + notification.owner(), "CHANNEL#" + channel.id())
                        .isEmpty();
    }

    /** Pages of the operator's own. */
    Links links() {
        return config.get(OF_DEPLOYMENT, "LINKS")
                .map(item -> new Links(item.find("acknowledge"), item.find("unsubscribe")))
                .orElse(Links.NONE);
    }

    /**
     * By what mail is sent: by SES if that is configured, else by SMTP.
     *
     * @throws InvalidInputException when there is neither
     */
    MailRoute mail() {
        return config.get(OF_DEPLOYMENT, "SES")
                .<MailRoute>map(item -> new MailRoute.Ses(item.get("from")))
                .or(() -> config.get(OF_DEPLOYMENT, "SMTP").map(Secrets::mailServer))
                .orElseThrow(
                        () -> new InvalidInputException(
                                "channel",
                                "mail can't be sent; store a server with certtide configure smtp, or have SES send it with certtide configure ses"));
    }

    private Optional<Item> find(Owner owner, String sk) {
        return config.get(OF_OWNER + owner, sk).or(() -> config.get(OF_DEPLOYMENT, sk));
    }

    private static MailRoute.Smtp mailServer(Item item) {
        var login = item.find("user")
                .flatMap(user -> item.find("password").map(password -> new MailRoute.Login(user, password)));
        return new MailRoute.Smtp(
                item.get("host"),
                item.findNumber("port").orElse(587L).intValue(),
                MailRoute.Security.valueOf(item.get("security").toUpperCase(Locale.ROOT)),
                login,
                item.get("from"));
    }
}
