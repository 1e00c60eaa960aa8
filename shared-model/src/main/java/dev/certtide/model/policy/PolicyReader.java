package dev.certtide.model.policy;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.json.Json;
import dev.certtide.model.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the JSON of policies.
 *
 * <p>What people write is read strictly. What is stored was read strictly before: of that, unknown fields are passed over
 * and numbers of things are not limited, so that a function of an older version still reads the watches of a newer one.
 */
public final class PolicyReader {
    private static final int MOST_QUIET_HOURS = 20;
    private static final int MOST_MAINTENANCE = 50;
    private static final int MOST_LEVELS = 50;
    private static final int LONGEST_NOTE = 200;

    /** Each reminder is kept for more than a year, and whoever hears of the same thing every minute stops reading. */
    private static final Duration SHORTEST_REMINDER = Duration.ofHours(1);

    /** What lasts longer is no maintenance: its owner forgot it, or wants to pause. */
    private static final Duration LONGEST_MAINTENANCE = Duration.ofDays(90);

    /** Of certificates, from short-lived ones to those of private authorities. */
    private static final List<Duration> LIFETIMES =
            Stream.of(1, 90, 3_650).map(Duration::ofDays).toList();

    private final boolean strict;

    private PolicyReader(boolean strict) {
        this.strict = strict;
    }

    /**
     * What somebody asks for.
     *
     * @param path where it stands, for example {@code data.policy}
     * @param value JSON as {@link Json#readTree} gives it
     * @throws InvalidInputException with the path of what is wrong
     */
    public static Policy asked(String path, Object value) {
        var json = JsonObject.of(path, value);
        var policy = new PolicyReader(true).policy(json);
        requireWarningFirst(json, policy);
        requireBreaks(json, policy);
        return policy;
    }

    /**
     * What was asked for before, and stored.
     *
     * @param value JSON as {@link Json#readTree} gives it
     * @throws InvalidInputException with the path of what cannot be read
     */
    public static Policy stored(Object value) {
        return new PolicyReader(false).policy(JsonObject.of("policy", value));
    }

    private Policy policy(JsonObject policy) {
        known(
                policy,
                "profile",
                "warning",
                "critical",
                "ignore",
                "remindEvery",
                "escalation",
                "quietHours",
                "maintenance",
                "digest",
                "levels",
                "mostAtOnce");
        return new Policy(
                policy.read("profile", PolicyWords::profile),
                policy.read("warning", Margin::parse),
                policy.read("critical", Margin::parse),
                texts(policy, "ignore", PolicyWords::code),
                policy.read("remindEvery", this::reminder),
                object(policy, "escalation").map(this::escalation),
                objects(policy, "quietHours", MOST_QUIET_HOURS, this::quietHours),
                objects(policy, "maintenance", MOST_MAINTENANCE, this::maintenance),
                object(policy, "digest").map(this::digest),
                object(policy, "levels").map(this::levels).orElse(Map.of()),
                policy.wholeNumber("mostAtOnce").map(most -> {
                    require(
                            most >= 1 && most <= Policy.GREATEST_AT_ONCE,
                            policy.pathOf("mostAtOnce"),
                            "must be 1 to " + Policy.GREATEST_AT_ONCE);
                    return most.intValue();
                }));
    }

    private Interval reminder(String text) {
        var every = Interval.parse(text);
        require(!strict || every.length().compareTo(SHORTEST_REMINDER) >= 0, "", "must be at least 1h");
        return every;
    }

    private Escalation escalation(JsonObject escalation) {
        known(escalation, "after", "channels");
        var after = escalation.require("after", Interval::parse);
        var channels = objects(escalation, "channels", Escalation.MOST_CHANNELS, this::channel);
        return within(escalation, () -> new Escalation(after, channels));
    }

    private Channel channel(JsonObject channel) {
        channel.require("type", PolicyWords::channelType);
        var read = within(channel, () -> Json.fromTree(Channel.class, channel.fields()));
        known(
                channel,
                Stream.concat(
                                Stream.of("type"),
                                Arrays.stream(read.getClass().getRecordComponents())
                                        .map(RecordComponent::getName))
                        .toArray(String[]::new));
        return read;
    }

    private QuietHours quietHours(JsonObject hours) {
        known(hours, "days", "from", "to", "zone", "except");
        var days = texts(hours, "days", PolicyWords::day);
        var from = hours.require("from", PolicyWords::time);
        var to = hours.require("to", PolicyWords::time);
        var zone = hours.require("zone", strict ? PolicyWords::zone : ZoneId::of);
        var except = hours.read("except", PolicyWords::level);
        return within(hours, () -> new QuietHours(days, from, to, zone, except));
    }

    private Maintenance maintenance(JsonObject window) {
        known(window, "from", "to", "note");
        var from = window.require("from", PolicyWords::instant);
        var to = window.require("to", PolicyWords::instant);
        require(
                !strict || Duration.between(from, to).compareTo(LONGEST_MAINTENANCE) <= 0,
                window.pathOf("to"),
                "is more than " + LONGEST_MAINTENANCE.toDays() + " days after from; pause the watch instead");
        var note = window.text("note").filter(text -> !text.isBlank());
        require(
                !strict
                        || note.filter(text -> text.length() > LONGEST_NOTE
                                        || text.chars().anyMatch(Character::isISOControl))
                                .isEmpty(),
                window.pathOf("note"),
                "must be at most " + LONGEST_NOTE + " characters, none of them a control character");
        return within(window, () -> new Maintenance(from, to, note));
    }

    private Digest digest(JsonObject digest) {
        known(digest, "every", "day", "at", "zone", "upTo");
        var isWeekly = digest.require("every", PolicyWords::every).equals("weekly");
        var day = digest.read("day", PolicyWords::day);
        require(
                !isWeekly || day.isPresent(),
                digest.pathOf("day"),
                "is missing: a weekly summary comes on one of mon, tue, wed, thu, fri, sat, sun");
        require(
                isWeekly || day.isEmpty(),
                digest.pathOf("day"),
                "is for weekly summaries; leave it out, or make every weekly");
        var at = digest.require("at", PolicyWords::time);
        var zone = digest.require("zone", strict ? PolicyWords::zone : ZoneId::of);
        var upTo = digest.read("upTo", PolicyWords::level).orElse(Status.WARNING);
        return within(digest, () -> new Digest(day, at, zone, upTo));
    }

    /** Addresses may be secrets: a complaint names the type of the channel only. */
    private Map<String, Status> levels(JsonObject levels) {
        var read = new TreeMap<String, Status>();
        for (var channel : levels.fields().keySet()) {
            var type = channel.split(":", 2)[0];
            try {
                PolicyWords.channelType(type);
            } catch (InvalidInputException unknown) {
                throw new InvalidInputException(
                        levels.path(),
                        "names a channel that is not known; write its type or, as in slack:ops, its id. The type "
                                + unknown.problem());
            }
            require(
                    !channel.endsWith(":") && channel.chars().noneMatch(Character::isISOControl),
                    levels.pathOf(type),
                    "has a colon without an address or name behind it that is printable");
            require(
                    !strict || !channel.contains(":") || isId(channel),
                    levels.pathOf(type),
                    "has something behind the colon that no channel has; write the id as in slack:ops, "
                            + "email:jane@example.com or sms:+4915112345678");
            read.put(channel, only(levels.path(), type, levels.fields().get(channel), PolicyWords::level));
        }
        require(!strict || read.size() <= MOST_LEVELS, levels.path(), "are more than " + MOST_LEVELS);
        return read;
    }

    private static boolean isId(String channel) {
        try {
            return Channel.ofId(channel).id().equals(channel);
        } catch (InvalidInputException none) {
            return false;
        }
    }

    /** Critical before the warning, whatever the lifetime, is a slip. */
    private static void requireWarningFirst(JsonObject json, Policy policy) {
        if (policy.warning().isPresent() && policy.critical().isPresent()) {
            require(
                    LIFETIMES.stream()
                            .anyMatch(lifetime -> policy.criticalMargin()
                                            .of(lifetime)
                                            .compareTo(policy.warningMargin().of(lifetime))
                                    <= 0),
                    json.pathOf("critical"),
                    "begins earlier than the warning; make it shorter, or the warning longer");
        }
    }

    /** Whoever is never to be disturbed is never told. */
    private static void requireBreaks(JsonObject json, Policy policy) {
        require(
                !isAlwaysQuiet(policy, Status.UNREACHABLE),
                json.pathOf("quietHours"),
                "never end, so that nothing would ever be told; leave some time between them, or pause the watches");
        require(
                !isAlwaysQuiet(policy, Status.OK),
                json.pathOf("quietHours"),
                "never end for what is milder than except; leave some time between them, or write levels instead");
    }

    /** Weeks are alike but for daylight saving time. */
    private static boolean isAlwaysQuiet(Policy policy, Status level) {
        var someDay = Instant.parse("2026-11-02T00:00:00Z");
        return policy.quietUntil(level, someDay)
                .filter(someDay.plus(Policy.LONGEST_QUIET)::equals)
                .isPresent();
    }

    private void known(JsonObject object, String... names) {
        if (strict) {
            object.requireOnly(names);
        }
    }

    private <T> List<T> objects(JsonObject object, String name, int most, Function<JsonObject, T> conversion) {
        require(
                !strict || object.list(name).size() <= most,
                object.pathOf(name),
                "holds " + object.list(name).size() + "; at most " + most);
        return object.objects(name).stream().map(conversion).toList();
    }

    private static Optional<JsonObject> object(JsonObject object, String name) {
        return object.has(name) ? Optional.of(object.requiredObject(name)) : Optional.empty();
    }

    private static <T> List<T> texts(JsonObject object, String name, Function<String, T> conversion) {
        var list = object.list(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> only(object.path(), name + "[" + i + "]", list.get(i), conversion))
                .distinct()
                .toList();
    }

    /** A text by a name that it does not stand under. */
    private static <T> T only(String path, String name, Object value, Function<String, T> conversion) {
        return new JsonObject(path, Collections.singletonMap(name, value)).require(name, conversion);
    }

    /** What a record's constructor complains of stands in this object. */
    private static <T> T within(JsonObject object, Supplier<T> record) {
        try {
            return record.get();
        } catch (InvalidInputException invalid) {
            var path = invalid.field().isEmpty() ? object.path() : object.pathOf(invalid.field());
            throw new InvalidInputException(path, invalid.problem());
        }
    }

    private static void require(boolean condition, String path, String problem) {
        if (!condition) {
            throw new InvalidInputException(path, problem);
        }
    }
}
