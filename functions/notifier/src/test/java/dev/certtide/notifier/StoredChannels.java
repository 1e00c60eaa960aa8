package dev.certtide.notifier;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.webhook.GuardedHttp;
import dev.certtide.webhook.WebhookSender;
import java.net.URI;

/** Channels of the deployment whose providers are on loopback, and all that sends to them. */
final class StoredChannels {
    static final Channel.Slack SLACK = new Channel.Slack("ops");
    static final Channel.Teams TEAMS = new Channel.Teams("ops");
    static final Channel.PagerDuty PAGERDUTY = new Channel.PagerDuty("on-call");
    static final Channel.Telegram TELEGRAM = new Channel.Telegram("ops");
    static final Channel.Messenger MESSENGER = new Channel.Messenger("jane");

    private StoredChannels() {}

    static void store(Table config, URI base) {
        config.put(settings(SLACK).with("url", base + LocalProviders.SLACK_PATH));
        config.put(settings(TEAMS).with("url", base + LocalProviders.TEAMS_PATH));
        config.put(settings(PAGERDUTY).with("routingKey", LocalProviders.ROUTING_KEY));
        config.put(settings(TELEGRAM).with("token", LocalProviders.BOT).with("chat", LocalProviders.CHAT));
        config.put(
                settings(MESSENGER).with("token", LocalProviders.PAGE_TOKEN).with("recipient", LocalProviders.PERSON));
        config.put(Item.of("SECRET##deployment", "WEBHOOK").with("secret", Samples.KEY));
    }

    static Item settings(Channel.Stored channel) {
        return Item.of("SECRET##deployment", "CHANNEL#" + channel.id());
    }

    /** All senders, the providers of fixed addresses at {@code base}. */
    static Senders senders(Table config, URI base) {
        var secrets = new Secrets(config);
        var guard = AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535"));
        var http = new GuardedHttp(guard, true, () -> Samples.NOW);
        var poster = new Poster(http);
        return new Senders(
                new MailSender(secrets, new SmtpMail(() -> Samples.NOW), new SesMail(() -> null)),
                new OwnerWebhooks(secrets, new WebhookSender(http, () -> Samples.NOW)),
                new SmsSender(() -> null),
                new SlackSender(secrets, poster),
                new TeamsSender(secrets, poster),
                new PagerDutySender(secrets, poster, base),
                new TelegramSender(secrets, poster, base),
                new MessengerSender(secrets, poster, base));
    }
}
