package dev.certtide.webhook;

import dev.certtide.model.Channel;
import java.net.URI;

/**
 * Where webhooks are posted to.
 *
 * @param webhook the address
 * @param key what posts are signed with: {@code whsec_} and 24 to 64 bytes in base64; never shown
 * @param field what a refusal blames: the path of the field that the address comes from
 */
public record Endpoint(Channel.Webhook webhook, String key, String field) {
    /** The host alone: with many services the rest of the address is a secret in itself. */
    @Override
    public String toString() {
        return "Endpoint[" + URI.create(webhook.url()).getHost() + "]";
    }
}
