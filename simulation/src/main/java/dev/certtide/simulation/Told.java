package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that somebody was told, by itself or as a line of a summary.
 *
 * @param at when
 * @param cause what it is about, by its id; unknown if the incident is another by now
 * @param since when that trouble began
 * @param isExpired whether it says that a certificate has expired, and not only that it is critical
 * @param inSummary whether others were told with it
 */
record Told(
        Instant at,
        Owner owner,
        Channel channel,
        Target target,
        Optional<String> cause,
        Kind kind,
        Status status,
        Instant since,
        boolean isExpired,
        boolean inSummary) {
    /** By which way: an owner and a channel. */
    String ear() {
        return World.ear(owner, channel);
    }

    boolean isEnd() {
        return kind == Kind.RECOVERED;
    }

    /** How bad it is said to be. */
    String level() {
        return isExpired ? "expired" : status.word();
    }

    @Override
    public String toString() {
        return "%s:%s of %s since %s to %s%s"
                .formatted(kind.word(), level(), cause.orElse("?"), since, ear(), inSummary ? " in a summary" : "");
    }
}
