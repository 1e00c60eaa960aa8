package dev.certtide.webhook;

import dev.certtide.model.Channel;
import java.net.URI;
import java.util.List;

/**
 * Where webhooks are posted to.
 *
 * @param webhook the address
 * @param keys what posts are signed with, each {@code whsec_} and 24 to 64 bytes in base64; never shown. More than one
 *     while a key is being changed
 * @param field what a refusal blames: the path of the field that the address comes from
 */
public record Endpoint(Channel.Webhook webhook, List<String> keys, String field) {
    public Endpoint {
        keys = List.copyOf(keys);
    }

    /** With one key. */
    public Endpoint(Channel.Webhook webhook, String key, String field) {
        this(webhook, List.of(key), field);
    }

    /** The host alone: path and query may be secrets. */
    @Override
    public String toString() {
        return "Endpoint[" + URI.create(webhook.url()).getHost() + "]";
    }
}
