package dev.certtide.model.incident;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.Owner;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trouble of one owner from one cause, from when it is certain until everybody who was told of it was told that it is
 * over.
 *
 * @param id unique; what is told of one incident shares it
 * @param owner whose
 * @param cause what it comes from
 * @param level how bad it is, never {@link Status#OK}: of one target as of its newest result, of several the worst so far
 * @param openedAt when it began
 * @param reopenedAt when it began again after it had been over for a moment, the last time
 * @param resolvedAt when it ended
 * @param answer what a person said to it
 * @param isAbandoned whether it ended because its owner does not watch any more
 * @param isClosed whether nothing is left to tell
 * @param target the target that it is about; of several, the first that was as bad as its level
 * @param findings what was found there, worst first
 * @param leaf the certificate that was served there last; of several targets none when it is over
 * @param channels how its owner wants to hear of it
 * @param isExpired whether the certificate has been seen to have expired in the present trouble: who acknowledged before
 *     that it was about to did not acknowledge that
 */
@Json
public record Incident(
        String id,
        Owner owner,
        Cause cause,
        Status level,
        Instant openedAt,
        Optional<Instant> reopenedAt,
        Optional<Instant> resolvedAt,
        Optional<Answer> answer,
        boolean isAbandoned,
        boolean isClosed,
        Target target,
        List<Finding> findings,
        Optional<CertificateReport> leaf,
        List<Channel> channels,
        boolean isExpired) {
    /** As many as a watch may have. */
    public static final int MOST_CHANNELS = 10;

    public Incident {
        Required.field("id", id);
        Required.field("owner", owner);
        Required.field("cause", cause);
        Required.field("level", level);
        Required.field("openedAt", openedAt);
        Required.field("target", target);
        findings = List.copyOf(Required.field("findings", findings));
        channels = List.copyOf(Required.field("channels", channels));
    }

    /**
     * What a person said to an incident.
     *
     * @param kind what
     * @param at when
     * @param by who, as far as it is known
     * @param until of a snooze, its end
     */
    @Json
    public record Answer(Kind kind, Instant at, Optional<String> by, Optional<Instant> until) {
        /** What can be said. */
        public enum Kind {
            /** I take care of it. */
            ACKNOWLEDGED,
            /** Not now. */
            SNOOZED,
            /** It is over. */
            RESOLVED;

            /** The word used in events and tables. */
            @Json.Value
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        public Answer {
            Required.field("kind", kind);
            Required.field("at", at);
        }
    }

    /** Where it stands. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        SNOOZED,
        RESOLVED;

        /** The word used for people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it stands at {@code now}. A snooze that has ended is as if it had not been. */
    public State state(Instant now) {
        if (!isOpen()) {
            return State.RESOLVED;
        }
        return answer.map(said -> switch (said.kind()) {
                    case ACKNOWLEDGED -> State.ACKNOWLEDGED;
                    case SNOOZED -> said.until().filter(now::isBefore).isPresent() ? State.SNOOZED : State.OPEN;
                    case RESOLVED -> State.OPEN;
                })
                .orElse(State.OPEN);
    }

    /** Whether the trouble lasts. */
    public boolean isOpen() {
        return resolvedAt.isEmpty();
    }

    /** When the present trouble began. */
    public Instant since() {
        return reopenedAt.orElse(openedAt);
    }
}
