package dev.certtide.model.event;

import dev.certtide.model.Required;
import dev.certtide.model.Target;
import dev.certtide.model.history.Known;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;

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
     * @param known what earlier checks have taught, if it matters
     */
    @Json
    public record Due(Target target, boolean incident, Optional<Known> known) {
        public Due {
            Required.field("target", target);
        }

        /** A target of which nothing is known that matters. */
        public Due(Target target, boolean incident) {
            this(target, incident, Optional.empty());
        }
    }
}
