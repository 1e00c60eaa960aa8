package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;

/** What to do about a channel that does not work, in a sentence. Pure. */
final class Mending {
    private Mending() {}

    static String of(Channel channel, Owner owner) {
        return switch (channel) {
            case Channel.Email _ -> "See whether the address is right and its mailbox takes mail.";
            case Channel.Webhook _ -> "See whether its server runs and answers 2xx, or give the watch another address.";
            case Channel.Sms _ -> "See whether the number is right and takes text messages.";
            case Channel.Stored stored ->
                "Mend it on their side, or store it anew (certtide channel add " + stored.id()
                        + "), and try it: certtide channel test " + stored.id() + " --owner " + owner;
        };
    }
}
