package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import java.net.URI;
import java.util.List;

/** Channels as they may be shown: of many services, the address of a webhook is a secret in itself. */
final class ShownChannel {
    private ShownChannel() {}

    /** Its id; of a webhook no more than scheme, host and port. */
    static String of(Channel channel) {
        return channel instanceof Channel.Webhook(var url) ? "webhook:" + origin(URI.create(url)) : channel.id();
    }

    /**
     * The same of an id, or of a type alone. Of what is neither no more than the type is shown: long ids are kept as
     * fingerprints, and policies of before were read less strictly.
     */
    static String ofId(String id) {
        int colon = id.indexOf(':');
        try {
            return colon < 0 ? id : of(Channel.ofId(id));
        } catch (InvalidInputException none) {
            return id.substring(0, colon) + ":?";
        }
    }

    /** The same of several, parted by commas; a dash for none. */
    static String of(List<Channel> channels) {
        return channels.isEmpty()
                ? "-"
                : String.join(", ", channels.stream().map(ShownChannel::of).toList());
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
