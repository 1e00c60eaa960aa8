package dev.certtide.model.event;

import dev.certtide.model.Owner;
import dev.certtide.model.Required;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;

/** A watch was added to a target that has an open incident: its owner has not been told yet. */
@Json
public record WatchAdded(Target target, Owner owner) {
    public WatchAdded {
        Required.field("target", target);
        Required.field("owner", owner);
    }
}
