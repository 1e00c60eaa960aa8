package dev.certtide.model.event;

import dev.certtide.model.Required;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A timer, and the event that its time has come.
 *
 * @param id names it: setting another of the same id replaces it. 1 to 512 characters
 * @param kind what it is for; who sets it knows what to do then
 * @param at when; it goes off at most some minutes later, never before, and exactly once but for crashes
 * @param data what the one who is told needs to know; small
 */
@Json
public record TimerDue(String id, String kind, Instant at, Map<String, String> data) {
    public TimerDue {
        Required.field("id", id);
        Required.field("kind", kind);
        Required.field("at", at);
        // In the order of names: the same timer has the same text everywhere.
        data = Collections.unmodifiableMap(new TreeMap<>(Required.field("data", data)));
    }
}
