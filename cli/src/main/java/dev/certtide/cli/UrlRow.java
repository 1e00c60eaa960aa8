package dev.certtide.cli;

import dev.certtide.cli.UrlSheet.Column;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Watch;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A row of a {@link UrlSheet} as events, and a watch as such a row. */
final class UrlRow {
    /** The columns that an export has. */
    static final List<Column> EXPORTED = List.of(
            Column.URL,
            Column.OWNER,
            Column.EXTERNAL_ID,
            Column.TAGS,
            Column.EMAIL,
            Column.WEBHOOK,
            Column.CHANNELS,
            Column.POLICY,
            Column.PRIVATE_ROOTS,
            Column.PAUSED);

    private UrlRow() {}

    /**
     * The events that make a watch as the row says: an addition, and a pause if it is paused.
     *
     * @param owner for rows that name none
     * @param id the beginning of the events' ids
     * @param time the addition's; the pause's is a nanosecond later
     * @throws InvalidInputException with the column, if a cell can't be used
     */
    static List<String> events(Map<Column, String> cells, String owner, String id, Instant time) {
        var data = new LinkedHashMap<String, Object>();
        data.put("url", cells.getOrDefault(Column.URL, ""));
        data.put("owner", cells.getOrDefault(Column.OWNER, owner));
        put(data, "privateRoots", cells.get(Column.PRIVATE_ROOTS));
        put(data, "externalId", cells.get(Column.EXTERNAL_ID));
        put(data, "name", cells.get(Column.NAME));
        put(data, "locale", cells.get(Column.LOCALE));
        put(data, "plan", cells.get(Column.PLAN));
        put(data, "email", cells.get(Column.CUSTOMER_EMAIL));
        data.put("channels", OutgoingEvent.trees(channels(cells)));
        data.put("tags", tags(cells.get(Column.TAGS)));
        Optional.ofNullable(cells.get(Column.POLICY)).ifPresent(policy -> data.put("policy", policy(policy)));
        var added = OutgoingEvent.text(EventType.URL_ADDED, id, time, data);
        check(added);
        if (!isPaused(cells.get(Column.PAUSED))) {
            return List.of(added);
        }
        var which = new LinkedHashMap<>(data);
        which.keySet().retainAll(List.of("url", "privateRoots", "owner"));
        return List.of(added, OutgoingEvent.text(EventType.URL_PAUSED, id + "/paused", time.plusNanos(1), which));
    }

    /**
     * The cells of a watch, by which it can be imported again.
     *
     * @param roots finds private roots by their name; what is lost stays a name
     */
    static List<String> cells(Watch watch, Function<String, Optional<PrivateRoots>> roots) {
        var cells = new EnumMap<Column, String>(Column.class);
        cells.put(Column.URL, watch.target().url());
        watch.target()
                .roots()
                .ifPresent(name -> cells.put(
                        Column.PRIVATE_ROOTS,
                        roots.apply(name).map(UrlRow::inOneLine).orElse(name)));
        cells.put(Column.OWNER, watch.owner().id());
        watch.externalId().ifPresent(id -> cells.put(Column.EXTERNAL_ID, id));
        cells.put(Column.TAGS, tagCell(watch.tags()));
        watch.channels()
                .forEach(channel -> cells.merge(column(channel), word(channel), (one, next) -> one + " " + next));
        if (!watch.policy().equals(Policy.NONE)) {
            cells.put(Column.POLICY, Json.write(watch.policy()));
        }
        cells.put(Column.PAUSED, watch.paused() ? "true" : "");
        return EXPORTED.stream().map(column -> cells.getOrDefault(column, "")).toList();
    }

    /** What every subscriber would refuse is refused here, while its line is known. */
    private static void check(String event) {
        if (NewUrlMessage.parse(event).getFirst() instanceof Element.Rejected rejected) {
            var reason = rejected.reason();
            throw new InvalidInputException(column(reason.field()), reason.problem());
        }
    }

    private static String column(String field) {
        int policy = field.indexOf("policy");
        if (policy >= 0) {
            return field.substring(policy);
        }
        var name = field.substring(field.lastIndexOf('.') + 1);
        return switch (name) {
            case "privateRoots" -> Column.PRIVATE_ROOTS.title();
            case "externalId" -> Column.EXTERNAL_ID.title();
            case "email" -> Column.CUSTOMER_EMAIL.title();
            default -> name;
        };
    }

    private static List<Channel> channels(Map<Column, String> cells) {
        return Stream.of(
                        channels(cells, Column.EMAIL, Channel.Email::new),
                        channels(cells, Column.WEBHOOK, Channel.Webhook::new),
                        channels(cells, Column.CHANNELS, Channel::ofId))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Channel> channels(Map<Column, String> cells, Column column, Function<String, Channel> channel) {
        try {
            return words(cells.get(column)).stream().map(channel).toList();
        } catch (InvalidInputException unusable) {
            throw new InvalidInputException(column.title(), unusable.problem());
        }
    }

    private static Column column(Channel channel) {
        return switch (channel) {
            case Channel.Email _ -> Column.EMAIL;
            case Channel.Webhook _ -> Column.WEBHOOK;
            case Channel.Sms _, Channel.Stored _ -> Column.CHANNELS;
        };
    }

    private static String word(Channel channel) {
        return switch (channel) {
            case Channel.Email(var address) -> address;
            case Channel.Webhook(var url) -> url;
            case Channel.Sms _, Channel.Stored _ -> channel.id();
        };
    }

    private static Object policy(String cell) {
        try {
            return Json.readTree(cell);
        } catch (InvalidInputException malformed) {
            throw new InvalidInputException(Column.POLICY.title(), "is no JSON: " + malformed.problem());
        }
    }

    private static void put(Map<String, Object> data, String field, String cell) {
        Optional.ofNullable(cell).ifPresent(text -> data.put(field, text));
    }

    /** Neither mail addresses nor URLs nor names of channels hold white space. */
    private static List<String> words(String cell) {
        return cell == null ? List.of() : Arrays.asList(cell.split("\\s+"));
    }

    /** Separated by semicolons, or a JSON array for tags that hold one. */
    private static List<?> tags(String cell) {
        if (cell == null) {
            return List.of();
        }
        if (cell.startsWith("[")) {
            try {
                return (List<?>) Json.readTree(cell);
            } catch (InvalidInputException malformed) {
                throw new InvalidInputException(Column.TAGS.title(), "begins with [ and is no JSON array");
            }
        }
        return Arrays.stream(cell.split(";"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    private static String tagCell(List<String> tags) {
        boolean isPlain = tags.stream().allMatch(UrlRow::isPlain)
                && !tags.stream().findFirst().orElse("").startsWith("[");
        return isPlain ? String.join(";", tags) : Json.write(new ArrayList<>(tags));
    }

    /** Line breaks are from before they were refused; in JSON they leave the row a line. */
    private static boolean isPlain(String tag) {
        return tag.equals(tag.strip()) && !tag.contains(";") && tag.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isPaused(String cell) {
        return switch (cell == null ? "" : cell.toLowerCase(Locale.ROOT)) {
            case "", "false", "no", "0" -> false;
            case "true", "yes", "1" -> true;
            default -> throw new InvalidInputException(Column.PAUSED.title(), "must be true or false");
        };
    }

    private static String inOneLine(PrivateRoots roots) {
        return roots.pem().replace('\n', ' ').strip();
    }
}
