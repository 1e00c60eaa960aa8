package dev.certtide.model.incident;

import dev.certtide.model.Channel;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What was decided about telling one thing over one channel, and by which rule; also to stay silent.
 *
 * @param round how many times the end of this incident was told over this channel before
 * @param step what is told: {@code warning}, {@code critical}, {@code expired} (critical, and the certificate has),
 *     {@code unreachable}, {@code recovered}, {@code reminder-2}, {@code acknowledged-1}, {@code escalated-critical}
 * @param kind the same as a kind
 * @param status the status to tell
 * @param channel over which
 * @param outcome what was decided
 * @param rule which rule decided it; see {@code docs/policies.md}
 * @param at when
 * @param until until when it is held, or gathered
 */
@Json
public record Decision(
        int round,
        String step,
        Notification.Kind kind,
        Status status,
        Channel channel,
        Outcome outcome,
        String rule,
        Instant at,
        Optional<Instant> until) {
    /** What can be decided. */
    public enum Outcome {
        /** It is told now. */
        TOLD,
        /** It will be part of a summary. */
        GATHERED,
        /** It is told later, if it is still true then. */
        HELD,
        /** It is not told. */
        SILENT;

        /** The word used in tables. */
        @Json.Value
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        Required.field("step", step);
        Required.field("kind", kind);
        Required.field("status", status);
        Required.field("channel", channel);
        Required.field("outcome", outcome);
        Required.field("rule", rule);
        Required.field("at", at);
    }

    /** Whether its owner hears of it. */
    public boolean isTold() {
        return outcome == Outcome.TOLD || outcome == Outcome.GATHERED;
    }

    /** The same, decided so by that rule. */
    public Decision as(Outcome other, String by, Optional<Instant> when) {
        return new Decision(round, step, kind, status, channel, other, by, at, when);
    }
}
