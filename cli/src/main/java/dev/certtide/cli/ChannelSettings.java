package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What each kind of channel needs to be stored. What is wrong is told without repeating it: it may be a secret. */
enum ChannelSettings {
    SLACK(Channel.Slack::new, "the URL of the incoming webhook", "url", Optional.empty()),
    TEAMS(Channel.Teams::new, "the URL of the workflow", "url", Optional.empty()),
    PAGERDUTY(Channel.PagerDuty::new, "the routing key", "routingKey", Optional.empty()),
    TELEGRAM(Channel.Telegram::new, "the token of the bot", "token", Optional.of("chat")),
    MESSENGER(Channel.Messenger::new, "the token of the page", "token", Optional.of("recipient"));

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

    private final Function<String, Channel.Stored> named;
    private final String secret;
    private final String attribute;
    private final Optional<String> address;

    ChannelSettings(Function<String, Channel.Stored> named, String secret, String attribute, Optional<String> address) {
        this.named = named;
        this.secret = secret;
        this.attribute = attribute;
        this.address = address;
    }

    /**
     * The kind of that name.
     *
     * @throws InvalidInputException when there is none, or it needs no settings
     */
    static ChannelSettings of(String type) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(type))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "TYPE",
                        List.of("email", "webhook", "sms").contains(type)
                                ? type + " needs nothing stored: name it in the events, or in watch and publish"
                                : "is not a known channel; use "
                                        + Arrays.stream(values())
                                                .map(ChannelSettings::word)
                                                .collect(Collectors.joining(", "))));
    }

    /**
     * Any channel.
     *
     * @param where the address, URL or number, or the name of a channel that is stored
     * @throws InvalidInputException when there is no such type, or its place can't be right
     */
    static Channel channel(String type, String where) {
        return switch (type) {
            case "email" -> new Channel.Email(where);
            case "webhook" -> new Channel.Webhook(where);
            case "sms" -> new Channel.Sms(where);
            default -> of(type).named(where);
        };
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Channel.Stored named(String name) {
        return named.apply(name);
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
