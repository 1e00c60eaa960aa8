package dev.certtide.model.event;

import dev.certtide.model.Owner;
import dev.certtide.model.Required;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;

/** A watch of a target that is in trouble was added, changed, paused or removed: its owner is to be told, or no more. */
@Json
public record WatchAdded(Target target, Owner owner) {
    public WatchAdded {
        Required.field("target", target);
        Required.field("owner", owner);
    }
}
