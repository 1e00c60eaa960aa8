package dev.certtide.model.event;

import dev.certtide.model.Required;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Targets whose turn it is.
 *
 * @param slot the slot that is due, for example {@code daily#1003}
 * @param targets at most about 100, so that a message stays small
 */
@Json
public record RecheckDue(String slot, List<Due> targets) {
    public RecheckDue {
        Required.field("slot", slot);
        targets = List.copyOf(Required.field("targets", targets));
    }

    /**
     * One target that is due.
     *
     * @param target what to check
     * @param incident whether an incident is open, so that the result must reach the failures even when all is well
     */
    @Json
    public record Due(Target target, boolean incident) {
        public Due {
            Required.field("target", target);
        }
    }
}
