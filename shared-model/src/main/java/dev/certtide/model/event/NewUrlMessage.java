package dev.certtide.model.event;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import dev.certtide.model.json.JsonObject;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.PolicyReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Reads what backends publish to {@code new_url}: one CloudEvent, a JSON array of them (batch format), or a bare
 * {@code {"url": "..."}} object, since backends in a hurry send just that.
 */
public final class NewUrlMessage {
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 64;
    private static final int MOST_CHANNELS = 10;
    private static final int LONGEST_TEXT = 512;
    private static final String CONTROL = "holds a line break or another control character; send it without";
    private static final String BARE_SOURCE = "urn:certtide:bare";

    private final boolean isBatch;
    private final List<?> values;
    private final IntFunction<String> json;
    private final List<Element> elements;

    private NewUrlMessage(boolean isBatch, List<?> values, IntFunction<String> json) {
        this.isBatch = isBatch;
        this.values = values;
        this.json = json;
        this.elements = IntStream.range(0, values.size())
                .mapToObj(i -> element(path(i), values.get(i), () -> json.apply(i)))
                .toList();
    }

    /** One element of a message: an event, or why it is none. */
    public sealed interface Element {
        /** An event that can be acted on. */
        record Accepted(UrlEvent event) implements Element {}

        /**
         * What can't be used, to be kept with its reason.
         *
         * @param json the element: as it came, or written anew when it came in an array
         * @param reason which field is wrong
         */
        record Rejected(String json, InvalidInputException reason) implements Element {}
    }

    /**
     * Reads a message. One bad element does not spoil the others.
     *
     * @throws InvalidInputException when the text as a whole is not JSON, or an empty array
     */
    public static NewUrlMessage read(String text) {
        return switch (Json.readTree(text)) {
            case List<?> events
            when events.isEmpty() -> throw new InvalidInputException("", "is an empty array; send at least one event");
            case List<?> events -> new NewUrlMessage(true, events, i -> json(events.get(i)));
            case Object single -> new NewUrlMessage(false, List.of(single), _ -> text);
        };
    }

    /** What a message holds, for who refuses nothing of it: its {@link #elements()}. */
    public static List<Element> parse(String text) {
        return read(text).elements();
    }

    /** At least one element, in the order of the message. */
    public List<Element> elements() {
        return elements;
    }

    /**
     * Refuses one element after all, which by itself can be acted on.
     *
     * @param index which of the elements
     * @param field of its data, for example {@code owner}
     * @param problem what is wrong and what to do
     */
    public Element.Rejected refuse(int index, String field, String problem) {
        boolean isBare = !(values.get(index) instanceof Map<?, ?> event) || !event.containsKey("specversion");
        var place = isBatch ? path(index) + "." : "";
        return new Element.Rejected(
                json.apply(index), new InvalidInputException(place + (isBare ? "" : "data.") + field, problem));
    }

    private String path(int index) {
        return isBatch ? "[" + index + "]" : "";
    }

    // A null alone would be written as nothing, and an empty text can't be kept as a dead letter.
    private static String json(Object value) {
        return value == null ? "null" : Json.write(Object.class, value);
    }

    private static Element element(String path, Object value, Supplier<String> json) {
        try {
            return new Element.Accepted(event(JsonObject.of(path, value)));
        } catch (InvalidInputException invalid) {
            return new Element.Rejected(json.get(), invalid);
        }
    }

    private static UrlEvent event(JsonObject message) {
        if (!message.has("specversion")) {
            if (message.has("type")) {
                throw new InvalidInputException(message.pathOf("specversion"), "is missing; a CloudEvent has \"1.0\"");
            }
            return added(bareOrigin(message), message);
        }
        if (!CloudEvent.SPEC_VERSION.equals(message.requiredText("specversion"))) {
            throw new InvalidInputException(message.pathOf("specversion"), "must be \"1.0\"");
        }
        var origin = new UrlEvent.Origin(
                text(message, "id").orElseThrow(() -> new InvalidInputException(message.pathOf("id"), "is missing")),
                text(message, "source")
                        .orElseThrow(() -> new InvalidInputException(message.pathOf("source"), "is missing")),
                time(message),
                text(message, "traceparent"));
        var type = at(message, "type", message.requiredText("type"), EventType::of);
        var data = message.requiredObject("data");
        return switch (type) {
            case URL_ADDED -> added(origin, data);
            case URL_REMOVED -> new UrlEvent.Removed(origin, target(data), owner(data));
            case URL_PAUSED -> new UrlEvent.Paused(origin, target(data), owner(data));
            case URL_RESUMED -> new UrlEvent.Resumed(origin, target(data), owner(data));
            case CHECK_REQUESTED -> new UrlEvent.CheckRequested(origin, target(data), owner(data));
            default -> throw new InvalidInputException(message.pathOf("type"), "is not for new_url");
        };
    }

    private static UrlEvent.Added added(UrlEvent.Origin origin, JsonObject data) {
        var roots = roots(data);
        return new UrlEvent.Added(
                origin,
                target(data, roots),
                owner(data),
                text(data, "externalId"),
                tags(data),
                channels(data),
                policy(data),
                roots.flatMap(Roots::sent),
                customer(data));
    }

    /**
     * The private roots of a watch.
     *
     * @param sent they themselves, unless only their name was
     */
    private record Roots(String name, Optional<PrivateRoots> sent) {}

    private static Target target(JsonObject data) {
        return target(data, roots(data));
    }

    private static Target target(JsonObject data, Optional<Roots> roots) {
        var target = at(data, "url", data.requiredText("url"), Target::parse);
        return roots.map(Roots::name).map(target::trusting).orElse(target);
    }

    private static Optional<Roots> roots(JsonObject data) {
        return data.read("privateRoots", text -> {
            var sent =
                    PrivateRoots.isName(text) ? Optional.<PrivateRoots>empty() : Optional.of(PrivateRoots.parse(text));
            return new Roots(sent.map(PrivateRoots::name).orElse(text), sent);
        });
    }

    private static Owner owner(JsonObject data) {
        return data.text("owner").map(id -> at(data, "owner", id, Owner::new)).orElse(Owner.DEFAULT);
    }

    private static Customer customer(JsonObject data) {
        return new Customer(text(data, "email"), text(data, "name"), text(data, "locale"), text(data, "plan"));
    }

    private static Optional<Policy> policy(JsonObject data) {
        return Optional.ofNullable(data.fields().get("policy"))
                .map(policy -> PolicyReader.asked(data.pathOf("policy"), policy));
    }

    private static List<String> tags(JsonObject data) {
        var tags = new ArrayList<String>();
        for (var tag : data.list("tags")) {
            if (!(tag instanceof String text) || text.isBlank() || text.length() > LONGEST_TAG) {
                throw new InvalidInputException(
                        data.pathOf("tags"), "must be texts of 1 to " + LONGEST_TAG + " characters");
            }
            if (holdsControl(text)) {
                throw new InvalidInputException(data.pathOf("tags"), CONTROL);
            }
            tags.add(text);
        }
        if (tags.size() > MOST_TAGS) {
            throw new InvalidInputException(
                    data.pathOf("tags"), "holds " + tags.size() + " tags; at most " + MOST_TAGS);
        }
        return tags;
    }

    /** The channels that the sender names; with none, the customer's mail address is one. */
    private static List<Channel> channels(JsonObject data) {
        var channels = new ArrayList<Channel>();
        var listed = data.list("channels");
        if (listed.size() > MOST_CHANNELS) {
            throw new InvalidInputException(
                    data.pathOf("channels"), "holds " + listed.size() + "; at most " + MOST_CHANNELS);
        }
        for (int i = 0; i < listed.size(); i++) {
            channels.add(channel(JsonObject.of(data.pathOf("channels") + "[" + i + "]", listed.get(i))));
        }
        if (channels.isEmpty()) {
            text(data, "email")
                    .map(address -> at(data, "email", address, NewUrlMessage::email))
                    .ifPresent(channels::add);
        }
        return channels;
    }

    private static Channel channel(JsonObject channel) {
        return switch (channel.requiredText("type")) {
            case "email" -> at(channel, "address", channel.requiredText("address"), NewUrlMessage::email);
            case "webhook" -> at(channel, "url", channel.requiredText("url"), Channel.Webhook::new);
            case "sms" -> at(channel, "number", channel.requiredText("number"), Channel.Sms::new);
            case "slack" -> stored(channel, Channel.Slack::new);
            case "teams" -> stored(channel, Channel.Teams::new);
            case "pagerduty" -> stored(channel, Channel.PagerDuty::new);
            case "telegram" -> stored(channel, Channel.Telegram::new);
            case "messenger" -> stored(channel, Channel.Messenger::new);
            default ->
                throw new InvalidInputException(
                        channel.pathOf("type"),
                        "is not a known channel; use email, webhook, sms, slack, teams, pagerduty, telegram or messenger");
        };
    }

    private static Channel stored(JsonObject channel, Function<String, Channel> named) {
        return at(channel, "name", channel.requiredText("name"), named);
    }

    private static Channel email(String address) {
        return new Channel.Email(address);
    }

    private static Optional<Instant> time(JsonObject message) {
        try {
            return text(message, "time").map(time -> OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException invalid) {
            throw new InvalidInputException(message.pathOf("time"), "is no RFC 3339 time such as 2026-11-21T13:00:00Z");
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        var text = object.text(name).filter(value -> !value.isBlank());
        if (text.isPresent() && text.get().length() > LONGEST_TEXT) {
            throw new InvalidInputException(object.pathOf(name), "is longer than " + LONGEST_TEXT + " characters");
        }
        if (text.filter(NewUrlMessage::holdsControl).isPresent()) {
            throw new InvalidInputException(object.pathOf(name), CONTROL);
        }
        return text;
    }

    /** CloudEvents 1.0.2, "Type System", has none in its texts; and a row of an export is one line. */
    private static boolean holdsControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** The sender of a bare object gave no id: the same content is the same event. */
    private static UrlEvent.Origin bareOrigin(JsonObject message) {
        var id = Fingerprint.of(Json.write(message.fields()));
        return new UrlEvent.Origin(id, BARE_SOURCE, Optional.empty(), Optional.empty());
    }

    /** Converts a field; a complaint about the value names the field where it stands. */
    private static <T> T at(JsonObject object, String name, String value, Function<String, T> conversion) {
        try {
            return conversion.apply(value);
        } catch (InvalidInputException invalid) {
            throw new InvalidInputException(object.pathOf(name), invalid.problem());
        }
    }
}
