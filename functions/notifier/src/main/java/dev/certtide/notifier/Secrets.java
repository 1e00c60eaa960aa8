package dev.certtide.notifier;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import java.util.Locale;

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
     * The key that webhooks to an owner are signed with.
     *
     * @throws InvalidInputException when there is none
     */
    String webhookKey(Owner owner) {
        return config.get(OF_OWNER + owner, "WEBHOOK")
                .or(() -> config.get(OF_DEPLOYMENT, "WEBHOOK"))
                .flatMap(item -> item.find("secret"))
                .orElseThrow(() -> new InvalidInputException(
                        "channel", "webhooks can't be signed; store a key with: certtide configure webhook-key"));
    }

    /**
     * The mail server.
     *
     * @throws InvalidInputException when there is none
     */
    MailServer mailServer() {
        return config.get(OF_DEPLOYMENT, "SMTP")
                .map(Secrets::mailServer)
                .orElseThrow(() -> new InvalidInputException(
                        "channel", "mail can't be sent; store a server with: certtide configure smtp"));
    }

    private static MailServer mailServer(Item item) {
        var login = item.find("user")
                .flatMap(user -> item.find("password").map(password -> new MailServer.Login(user, password)));
        return new MailServer(
                item.get("host"),
                item.findNumber("port").orElse(587L).intValue(),
                MailServer.Security.valueOf(item.get("security").toUpperCase(Locale.ROOT)),
                login,
                item.get("from"));
    }
}
