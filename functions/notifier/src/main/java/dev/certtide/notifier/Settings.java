package dev.certtide.notifier;

import dev.certtide.kit.Item;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import java.net.URI;
import java.util.Optional;

/** What is stored of one channel: secrets, which are never printed or thrown. */
final class Settings {
    private final Item item;
    private final Channel.Stored channel;

    Settings(Item item, Channel.Stored channel) {
        this.item = item;
        this.channel = channel;
    }

    /**
     * One setting.
     *
     * @throws InvalidInputException when it is missing
     */
    String get(String name) {
        return find(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    Optional<String> find(String name) {
        return item.find(name).filter(value -> !value.isBlank());
    }

    /**
     * An address, which is a secret in itself.
     *
     * @throws InvalidInputException when it is missing or none; it is not repeated
     */
    URI url(String name) {
        try {
            return URI.create(new Channel.Webhook(get(name)).url());
        } catch (InvalidInputException none) {
            throw invalid(name, "is no https address");
        }
    }

    private InvalidInputException invalid(String name, String problem) {
        return new InvalidInputException(
                "channel.name",
                "the " + name + " of " + channel.displayName() + " " + problem
                        + "; store it anew with: certtide channel add " + channel.id());
    }

    @Override
    public String toString() {
        return "Settings[" + channel.id() + "]";
    }
}
