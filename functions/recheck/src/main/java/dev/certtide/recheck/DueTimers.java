package dev.certtide.recheck;

import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.Queue;
import dev.certtide.kit.Timers;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.TimerDue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells of timers whose time has come: each is claimed, told, recorded and taken away. A crash after it was told has it
 * told again, as the same event.
 */
final class DueTimers {
    /** Longer than an invocation may take. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Longer than the index may still show what was taken away. */
    private static final Duration REMEMBER = Duration.ofDays(2);

    private final Timers timers;
    private final Claims claims;
    private final Queue failures;

    DueTimers(Timers timers, Claims claims, Queue failures) {
        this.timers = timers;
        this.claims = claims;
        this.failures = failures;
    }

    /**
     * Tells of those of one part of a minute.
     *
     * @throws IllegalStateException when somebody else is telling of one
     * @throws RuntimeException when one can't be read or told; those before have been
     */
    void tell(Instant minute, int part) {
        timers.due(minute, part).filter(timers::stands).forEach(this::tell);
    }

    private void tell(TimerDue timer) {
        switch (claims.claim("timer#" + Timers.name(timer), LEASE)) {
            case Claim.Granted granted -> tell(timer, granted);
            case Claim.Done _ -> timers.remove(timer); // A crash came between recording and taking away.
            case Claim.Held _ ->
                throw new IllegalStateException("The timer " + timer.id() + " is being told of by another invocation");
        }
    }

    private void tell(TimerDue timer, Claim.Granted claim) {
        try {
            failures.send(List.of(message(timer)));
        } catch (RuntimeException failed) {
            claims.release(claim, failed);
            throw failed;
        }
        claims.done(claim, REMEMBER);
        timers.remove(timer);
    }

    private static String message(TimerDue timer) {
        return CloudEvent.of(
                        EventType.TIMER_DUE,
                        Timers.name(timer),
                        "recheck",
                        timer.id(),
                        timer.at(),
                        Optional.empty(),
                        timer)
                .write();
    }
}
