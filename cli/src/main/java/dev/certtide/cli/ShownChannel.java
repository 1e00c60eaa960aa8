package dev.certtide.cli;

import dev.certtide.model.Channel;
import java.net.URI;
import java.util.List;

/** Channels as they may be shown: of many services, the address of a webhook is a secret in itself. */
final class ShownChannel {
    private ShownChannel() {}

    /** Its id; of a webhook no more than scheme, host and port. */
    static String of(Channel channel) {
        return channel instanceof Channel.Webhook(var url) ? "webhook:" + origin(URI.create(url)) : channel.id();
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
