package dev.certtide.model.event;

import dev.certtide.model.InvalidInputException;
import io.avaje.jsonb.Json;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be read of an event of any version.
 *
 * @param type its type, which may be unknown here, if it has one
 */
@Json
record EventHead(Optional<String> type) {
    EventHead {
        type = Objects.requireNonNullElse(type, Optional.empty()); // A null in the JSON.
    }

    /**
     * Which of the expected types it is.
     *
     * @param place what to put before the name of a field
     * @throws InvalidInputException when it is none of these
     */
    EventType typeOf(String place, EventType... expected) {
        var name = type.orElseThrow(() -> new InvalidInputException(place + "type", "is missing"));
        return Arrays.stream(expected)
                .filter(one -> one.typeName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        place + "type",
                        "is not known here; expected "
                                + Arrays.stream(expected)
                                        .map(EventType::typeName)
                                        .collect(Collectors.joining(" or "))));
    }
}
