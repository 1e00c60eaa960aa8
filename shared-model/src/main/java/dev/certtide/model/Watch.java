package dev.certtide.model;

import dev.certtide.model.policy.Policy;
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
 * @param policy what the owner wants to be told of this target, where it differs from what it wants of all
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
        Policy policy,
        Instant addedAt) {
    public Watch {
        Required.field("target", target);
        Required.field("owner", owner);
        Required.field("addedAt", addedAt);
        tags = List.copyOf(Required.field("tags", tags));
        channels = List.copyOf(Required.field("channels", channels));
        policy = policy == null ? Policy.NONE : policy; // Watches of before do not have it.
    }

    /** A watch without a policy of its own. */
    public Watch(
            Target target,
            Owner owner,
            boolean paused,
            Optional<String> externalId,
            List<String> tags,
            List<Channel> channels,
            Instant addedAt) {
        this(target, owner, paused, externalId, tags, channels, Policy.NONE, addedAt);
    }
}
