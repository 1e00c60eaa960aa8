package dev.certtide.customers;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.webhook.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where the CRM is, if there is one: an item of {@code Config}.
 *
 * <p>It is read once a minute at most, and only while customers come: for a deployment without a CRM that is all that it
 * costs.
 */
final class CrmWebhook {
    static final String PK = "SECRET##crm";
    static final String SK = "WEBHOOK";

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Table config;
    private final InstantSource clock;
    private Optional<Endpoint> endpoint = Optional.empty();
    private Instant freshUntil = Instant.MIN;

    CrmWebhook(Table config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    synchronized Optional<Endpoint> endpoint() {
        var now = clock.instant();
        if (!now.isBefore(freshUntil)) {
            endpoint = config.get(PK, SK).map(CrmWebhook::endpoint);
            freshUntil = now.plus(FRESH);
        }
        return endpoint;
    }

    private static Endpoint endpoint(Item item) {
        return new Endpoint(new Channel.Webhook(item.get("url")), item.get("secret"), "crm");
    }
}
