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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells of timers whose time has come: each is claimed, told, recorded and taken away. A crash after it was told has it
 * told again, as the same event.
 */
final class DueTimers {
    /** Longer than an invocation may take. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    /**
     * Who sets a timer may set the same again when the message that made them comes again: a queue keeps one for two
     * weeks at the most, and another two when it is sent back from the dead letters.
     */
    private static final Duration REMEMBER = Duration.ofDays(30);
    /** So many that can't be told in a row say that none can: the time is better spent on the other parts. */
    private static final int MOST_FAILURES = 20;

    private final Timers timers;
    private final Claims claims;
    private final Queue failures;
    private final InstantSource clock;

    DueTimers(Timers timers, Claims claims, Queue failures, InstantSource clock) {
        this.timers = timers;
        this.claims = claims;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Tells of those of one part of a minute. One that can't be read or told keeps no other from being told.
     *
     * @return whether all were; others are being told of by another invocation, which may yet crash
     * @throws IllegalStateException when one can't be read or told; all others have been, unless it were many
     */
    boolean tell(Instant minute, int part) {
        boolean areAll = true;
        var complaints = new ArrayList<RuntimeException>();
        int untold = 0;
        var found = timers.due(minute, part).iterator();
        while (untold < MOST_FAILURES && found.hasNext()) {
            var one = found.next();
            try {
                var timer = one.read();
                untold++;
                areAll &= tell(timer);
                untold = 0;
            } catch (RuntimeException failed) {
                if (complaints.size() <= MOST_FAILURES) {
                    complaints.add(
                            new IllegalStateException("The timer " + one.id() + " could not be told of", failed));
                }
            }
        }
        if (!complaints.isEmpty()) {
            var first = complaints.removeFirst();
            complaints.forEach(first::addSuppressed);
            throw first;
        }
        return areAll;
    }

    private boolean tell(TimerDue timer) {
        if (!timers.stands(timer)) {
            return true;
        }
        return switch (claims.claim("timer#" + Timers.name(timer), LEASE)) {
            case Claim.Granted granted -> {
                tell(timer, granted);
                yield true;
            }
            case Claim.Done _ -> {
                timers.remove(timer); // A crash came between recording and taking away.
                yield true;
            }
            case Claim.Held _ -> false;
        };
    }

    private void tell(TimerDue timer, Claim.Granted claim) {
        try {
            send(timer);
        } catch (RuntimeException failed) {
            claims.release(claim, failed);
            throw failed;
        }
        claims.done(claim, REMEMBER);
        timers.remove(timer);
    }

    /** A round may be a little ahead of the clock, and a timer is not. */
    private void send(TimerDue timer) {
        var early = Duration.between(clock.instant(), timer.at());
        if (early.isPositive()) {
            failures.send(message(timer), early);
        } else {
            failures.send(List.of(message(timer)));
        }
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
