package dev.certtide.model.event;

import dev.certtide.model.InvalidInputException;
import io.avaje.jsonb.Json;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What can be read of an event of any version.
 *
 * @param type its type, which may be unknown here; null when there is none
 */
@Json
record EventHead(String type) {
    /**
     * The type of an event as it was read.
     *
     * @param head an {@code EventHead}, or null where a batch has a null
     * @param place what to put before the name of a field
     */
    static EventType typeOf(Object head, String place, EventType... expected) {
        if (!(head instanceof EventHead(String type)) || type == null) {
            throw new InvalidInputException(place + "type", "is missing");
        }
        return Arrays.stream(expected)
                .filter(one -> one.typeName().equals(type))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        place + "type",
                        "is not known here; expected "
                                + Arrays.stream(expected)
                                        .map(EventType::typeName)
                                        .collect(Collectors.joining(" or "))));
    }
}
