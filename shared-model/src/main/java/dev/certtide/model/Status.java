package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.util.Locale;

/** What a check came to, from best to worst; {@link #compareTo} follows that order. */
public enum Status {
    /** Nothing to do. */
    OK,
    /** Clients still connect; somebody should act before they stop to. */
    WARNING,
    /** Clients of today refuse the certificate, or will within days. */
    CRITICAL,
    /** No certificate was seen on any address. */
    UNREACHABLE;

    /** The word used in events, attributes and tables. */
    @Json.Value
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of two. */
    public Status worse(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
