package dev.certtide.model.event;

import dev.certtide.model.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The CloudEvents types that Certtide speaks. A new meaning gets a new version, never an old name. */
public enum EventType {
    URL_ADDED("dev.certtide.url.added.v1"),
    URL_REMOVED("dev.certtide.url.removed.v1"),
    URL_PAUSED("dev.certtide.url.paused.v1"),
    URL_RESUMED("dev.certtide.url.resumed.v1"),
    CHECK_REQUESTED("dev.certtide.url.check-requested.v1"),
    RECHECK_DUE("dev.certtide.recheck.due.v1"),
    SSL_CHECKED("dev.certtide.ssl.checked.v1"),
    SSL_UNCHANGED("dev.certtide.ssl.unchanged.v1"),
    WATCH_ADDED("dev.certtide.watch.added.v1"),
    INCIDENT_ANSWERED("dev.certtide.incident.answered.v1"),
    TIMER_DUE("dev.certtide.timer.due.v1"),
    NOTIFICATION_DECIDED("dev.certtide.notification.decided.v1");

    private final String name;

    EventType(String name) {
        this.name = name;
    }

    /** The value of the CloudEvents attribute {@code type}. */
    public String typeName() {
        return name;
    }

    /**
     * The type of that name.
     *
     * @throws InvalidInputException with the field {@code type} when it is none of ours
     */
    public static EventType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "type",
                        "is not known here; use one of "
                                + Arrays.stream(values())
                                        .filter(type -> type.name.startsWith("dev.certtide.url."))
                                        .map(EventType::typeName)
                                        .collect(Collectors.joining(", "))));
    }
}
