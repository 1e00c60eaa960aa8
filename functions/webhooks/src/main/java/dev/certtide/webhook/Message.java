package dev.certtide.webhook;

import dev.certtide.model.Fingerprint;

/**
 * What is posted.
 *
 * @param id the header {@code webhook-id}, by which receivers tell repetitions
 * @param body JSON
 */
public record Message(String id, String body) {
    /** A message about what {@code key} names: the same key has the same id, at every attempt and for ever. */
    public static Message of(String key, String body) {
        return new Message("msg_" + Fingerprint.shortOf(key), body);
    }
}
