package dev.certtide.model.event;

import dev.certtide.model.Required;
import dev.certtide.model.Target;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.policy.EagerMargins;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;

/**
 * Targets whose turn it is.
 *
 * @param slot the slot that is due, for example {@code daily#1003.2}, or {@link #ASKED}
 * @param targets at most about 100, so that a message stays small, in the order of their ids and without gaps: no other
 *     target of the slot lies between, but for those of {@code except}
 * @param except targets that lie between and are not to be checked: when some of a message could not be checked in time,
 *     they come back in one of their own
 */
@Json
public record RecheckDue(String slot, List<Due> targets, List<Target> except) {
    /**
     * In the place of a slot: somebody asked for these targets, and there was no time for them. They are of any slots, so
     * that what lies between them is not told of; and their results are told one by one, since none has a {@code last}.
     */
    public static final String ASKED = "asked";

    public RecheckDue {
        Required.field("slot", slot);
        targets = List.copyOf(Required.field("targets", targets));
        except = except == null ? List.of() : List.copyOf(except); // Messages of before do not have it.
    }

    /** All targets of the slot from the first to the last. */
    public RecheckDue(String slot, List<Due> targets) {
        this(slot, targets, List.of());
    }

    /**
     * One target that is due.
     *
     * @param target what to check
     * @param incident whether an incident is open, so that the result must reach the failures even when all is well
     * @param known what earlier checks have taught, if it matters
     * @param last what the last check came to that was written down; nothing before the first
     * @param eager when somebody wants to hear of the certificate's end, unless all who watch it do when everybody does
     */
    @Json
    public record Due(
            Target target,
            boolean incident,
            Optional<Known> known,
            Optional<Outcome> last,
            Optional<EagerMargins> eager) {
        public Due {
            Required.field("target", target);
        }

        /** A target of which nobody wants to hear at other times than everybody. */
        public Due(Target target, boolean incident, Optional<Known> known, Optional<Outcome> last) {
            this(target, incident, known, last, Optional.empty());
        }

        /** A target that was not checked yet, as far as is known. */
        public Due(Target target, boolean incident) {
            this(target, incident, Optional.empty(), Optional.empty());
        }
    }
}
