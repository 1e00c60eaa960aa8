package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An owner's interest in a target.
 *
 * @param target what is watched
 * @param owner for whom
 * @param paused whether the owner wants to hear nothing for now
 * @param externalId the sender's own key
 * @param tags free words
 * @param channels how to reach the owner; with none, decisions are kept and nobody is told
 * @param addedAt when the owner first asked for it
 */
@Json
public record Watch(
        Target target,
        Owner owner,
        boolean paused,
        Optional<String> externalId,
        List<String> tags,
        List<Channel> channels,
        Instant addedAt) {
    public Watch {
        Required.field("target", target);
        Required.field("owner", owner);
        Required.field("addedAt", addedAt);
        tags = List.copyOf(Required.field("tags", tags));
        channels = List.copyOf(Required.field("channels", channels));
    }

    /** The same watch, paused or not. */
    public Watch withPaused(boolean pause) {
        return new Watch(target, owner, pause, externalId, tags, channels, addedAt);
    }
}
