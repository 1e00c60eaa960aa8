package dev.certtide.model.event;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Required;
import dev.certtide.model.json.Json;
import io.avaje.jsonb.Json.Property;
import io.avaje.jsonb.Types;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event in the structured mode of CloudEvents 1.0.2.
 *
 * @param specversion always {@code 1.0}
 * @param id unique within its source; two events with the same id and source are the same event
 * @param source who sends it, for example {@code urn:certtide:ssl-checker}
 * @param type one of {@link EventType}
 * @param subject what it is about: the target, the watch
 * @param time when it happened
 * @param datacontenttype always {@code application/json}
 * @param traceparent W3C Trace Context, as the CloudEvents Distributed Tracing extension carries it
 * @param data what happened
 */
@io.avaje.jsonb.Json
public record CloudEvent<T>(
        String specversion,
        String id,
        String source,
        String type,
        Optional<String> subject,
        Optional<Instant> time,
        @Property("datacontenttype") String contentType,
        Optional<String> traceparent,
        T data) {
    /** The version of CloudEvents. */
    public static final String SPEC_VERSION = "1.0";

    public CloudEvent {
        Required.field("id", id);
        Required.field("source", source);
        Required.field("type", type);
        Required.field("data", data);
        if (!SPEC_VERSION.equals(specversion)) {
            throw new InvalidInputException("specversion", "must be \"" + SPEC_VERSION + "\"");
        }
    }

    /** An event of ours. */
    public static <T> CloudEvent<T> of(
            EventType type,
            String id,
            String source,
            String subject,
            Instant time,
            Optional<String> traceparent,
            T data) {
        return new CloudEvent<>(
                SPEC_VERSION,
                id,
                "urn:certtide:" + source,
                type.typeName(),
                Optional.of(subject),
                Optional.of(time),
                "application/json",
                traceparent,
                data);
    }

    /**
     * The type of an event, or of all events of a batch. To be asked before its data are read, so that an event of a
     * version to come is told to be one, and not to lack a field.
     *
     * @param expected the types that the caller understands
     * @throws InvalidInputException with the field {@code type} when it is none of these
     */
    public static EventType typeOf(String text, EventType... expected) {
        var isBatch = text.stripLeading().startsWith("[");
        var heads = isBatch
                ? (List<?>) Json.read(Types.listOf(EventHead.class), text)
                : List.of(Json.read(EventHead.class, text));
        var types = new ArrayList<EventType>();
        for (int i = 0; i < heads.size(); i++) {
            var place = isBatch ? "[" + i + "]." : "";
            // A batch may have a null in it.
            var head = heads.get(i) instanceof EventHead some ? some : new EventHead(Optional.empty());
            types.add(head.typeOf(place, expected));
            if (types.getLast() != types.getFirst()) {
                throw new InvalidInputException(
                        place + "type", "is another than that of the events before; send them apart");
            }
        }
        if (types.isEmpty()) {
            throw new InvalidInputException("", "is an empty batch; at least one event is expected");
        }
        return types.getFirst();
    }

    /** Whether the text is one event of that type, whatever else is wrong with it. */
    public static boolean isOf(EventType type, String text) {
        try {
            return Json.read(EventHead.class, text)
                    .type()
                    .filter(type.typeName()::equals)
                    .isPresent();
        } catch (InvalidInputException noEvent) {
            return false;
        }
    }

    /** Reads one event whose data is of the given type. */
    @SuppressWarnings("unchecked")
    public static <T> CloudEvent<T> read(Class<T> data, String text) {
        return (CloudEvent<T>) Json.read(typeWith(data), text);
    }

    /** Reads a batch: a JSON array of events whose data are of the given type. */
    @SuppressWarnings("unchecked")
    public static <T> List<CloudEvent<T>> readBatch(Class<T> data, String text) {
        return (List<CloudEvent<T>>) Json.read(Types.listOf(typeWith(data)), text);
    }

    /** The event as JSON text. */
    public String write() {
        return Json.write(typeWith(data.getClass()), this);
    }

    /** A batch as JSON text; all data are of the given type. */
    public static <T> String writeBatch(Class<T> data, List<CloudEvent<T>> events) {
        return Json.write(Types.listOf(typeWith(data)), events);
    }

    private static Type typeWith(Class<?> data) {
        return Types.newParameterizedType(CloudEvent.class, data);
    }
}
