package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each kind of channel needs to be stored. What is wrong is told without repeating it: it may be a secret. */
enum ChannelSettings {
    SLACK("the URL of the incoming webhook", "url", Optional.empty()),
    TEAMS("the URL of the workflow", "url", Optional.empty()),
    PAGERDUTY("the routing key", "routingKey", Optional.empty()),
    TELEGRAM("the token of the bot", "token", Optional.of("chat")),
    MESSENGER("the token of the page", "token", Optional.of("recipient"));

    /** In place of standard input, for scripts. */
    static final String VARIABLE = "CERTTIDE_CHANNEL_SECRET";

    private static final Map<String, String> SHAPES = Map.of(
            "routingKey", "[0-9A-Za-z]{32}",
            "chat", "-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32}",
            "recipient", "[0-9]{1,30}");
    private static final Map<String, String> MEANT = Map.of(
            "routingKey", "must be the 32 letters and digits of an Events API v2 integration",
            "chat", "must be the number of a chat, or @name of a channel; ask the bot's getUpdates for it",
            "recipient", "must be the number by which the page knows the person (PSID)");

    private final String secret;
    private final String attribute;
    private final Optional<String> address;

    ChannelSettings(String secret, String attribute, Optional<String> address) {
        this.secret = secret;
        this.attribute = attribute;
        this.address = address;
    }

    /** What a channel of that kind needs. */
    static ChannelSettings of(Channel.Stored channel) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(channel.type()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Reads the id of a channel that is stored under a name.
     *
     * @throws InvalidInputException if it is of another kind, or is none
     */
    static Channel.Stored stored(String id) {
        if (Channel.ofId(id) instanceof Channel.Stored stored) {
            return stored;
        }
        throw new InvalidInputException(
                "channel", "needs nothing stored: name it in the events, or with publish --channel");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The attributes to store.
     *
     * @param options where to, as far as that is no secret: {@code chat}, {@code recipient}
     * @throws InvalidInputException when one is missing or can't be right
     */
    Map<String, String> read(Map<String, Optional<String>> options) throws IOException {
        var attributes = new TreeMap<String, String>();
        for (var option : options.entrySet()) {
            if (option.getValue().isPresent() && !address.equals(Optional.of(option.getKey()))) {
                throw new InvalidInputException("--" + option.getKey(), "is not for " + word());
            }
        }
        if (address.isPresent()) {
            var name = address.get();
            attributes.put(
                    name,
                    checked(
                            "--" + name,
                            name,
                            options.getOrDefault(name, Optional.empty())
                                    .orElseThrow(() -> new InvalidInputException(
                                            "--" + name, "is missing; it " + MEANT.get(name)))));
        }
        var value = Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isBlank());
        attributes.put(
                attribute,
                checked(secret, attribute, value.isPresent() ? value.get().strip() : new SecretInput().next(secret)));
        return attributes;
    }

    private static String checked(String field, String attribute, String value) {
        if (attribute.equals("url") && !isHttps(value)) {
            throw new InvalidInputException(field, "must be an https address, as the provider shows it");
        }
        if (attribute.equals("token") && !value.matches("[\\x21-\\x7e]{20,500}")) {
            throw new InvalidInputException(field, "is no token; copy it as the provider shows it");
        }
        if (SHAPES.containsKey(attribute) && !value.matches(SHAPES.get(attribute))) {
            throw new InvalidInputException(field, MEANT.get(attribute));
        }
        return value;
    }

    private static boolean isHttps(String value) {
        try {
            // Plain http is for somebody's own machine: the notifier takes it only there.
            var local = value.startsWith("http://127.0.0.1:") || value.startsWith("http://localhost:");
            return !new Channel.Webhook(value).url().startsWith("http:") || local;
        } catch (InvalidInputException none) {
            return false;
        }
    }
}
