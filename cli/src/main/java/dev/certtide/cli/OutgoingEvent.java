package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events for {@code new_url}, as text. */
final class OutgoingEvent {
    private OutgoingEvent() {}

    /**
     * One event.
     *
     * @param id two events with the same id are the same event
     * @param data its fields, as {@code docs/contracts/events.md} names them
     */
    static String text(EventType type, String id, Instant time, Map<String, ?> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", CloudEvent.SPEC_VERSION);
        event.put("id", id);
        event.put("source", "urn:certtide:cli");
        event.put("type", type.typeName());
        event.put("time", time.toString());
        event.put("data", data);
        return Json.write(event);
    }

    /** Which watch is meant, as the events' data name it. */
    static Map<String, Object> watch(Target target, Owner owner) {
        var data = new LinkedHashMap<String, Object>();
        data.put("url", target.url());
        target.roots().ifPresent(name -> data.put("privateRoots", name));
        data.put("owner", owner.id());
        return data;
    }

    /** Channels as the field {@code channels} has them. */
    static List<Map<String, String>> trees(List<Channel> channels) {
        return channels.stream().map(OutgoingEvent::tree).toList();
    }

    private static Map<String, String> tree(Channel channel) {
        return switch (channel) {
            case Channel.Email(var address) -> Map.of("type", "email", "address", address);
            case Channel.Webhook(var url) -> Map.of("type", "webhook", "url", url);
            case Channel.Sms(var number) -> Map.of("type", "sms", "number", number);
            case Channel.Stored stored -> Map.of("type", stored.type(), "name", stored.name());
        };
    }
}
