package dev.certtide.recheck;

import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.Config;
import dev.certtide.kit.Queue;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/** One round per minute: each slot that is due is sent once, however often the minute is told. */
final class Rounds {
    /** A target, with what is known of it, is at most some 400 bytes of JSON: they fit many times into a message. */
    private static final int TARGETS_PER_MESSAGE = 100;

    private static final Duration LEASE = Duration.ofMinutes(2);
    /** EventBridge delivers late by up to a day at the most. */
    private static final Duration REMEMBER = Duration.ofDays(2);

    private final Config config;
    private final Claims claims;
    private final Queue recheck;

    Rounds(Config config, Claims claims, Queue recheck) {
        this.config = config;
        this.claims = claims;
        this.recheck = recheck;
    }

    /**
     * Sends what is due in that minute; returns how many targets.
     *
     * @throws RuntimeException when a slot could not be sent, after the others were; the minute must be told again
     */
    int run(Instant time) {
        var minute = time.truncatedTo(ChronoUnit.MINUTES);
        int sent = 0;
        RuntimeException failure = null;
        for (var slot : Slot.dueAt(minute)) {
            try {
                sent += send(slot, minute);
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return sent;
    }

    private int send(Slot slot, Instant minute) {
        return switch (claims.claim("recheck#" + slot.key() + "#" + minute, LEASE)) {
            case Claim.Granted granted -> send(slot, minute, granted);
            case Claim.Done _ -> 0;
            // Maybe by an invocation that crashed. Lambda repeats a failure after one and after two more minutes, which
            // is
            // longer than the lease; a success that sent nothing would be believed.
            case Claim.Held _ ->
                throw new IllegalStateException("The slot " + slot.key() + " is being sent by another invocation");
        };
    }

    private int send(Slot slot, Instant minute, Claim.Granted claim) {
        try {
            var due = config.due(slot);
            recheck.send(due.stream()
                    .gather(Gatherers.windowFixed(TARGETS_PER_MESSAGE))
                    .map(targets -> message(slot, minute, targets))
                    .toList());
            claims.done(claim, REMEMBER);
            return due.size();
        } catch (RuntimeException failed) {
            claims.release(claim); // Lambda repeats a failed asynchronous invocation; it must not find the slot taken.
            throw failed;
        }
    }

    private static String message(Slot slot, Instant minute, List<RecheckDue.Due> targets) {
        return CloudEvent.of(
                        EventType.RECHECK_DUE,
                        slot.key() + "/" + minute + "/" + targets.getFirst().target(),
                        "recheck",
                        slot.key(),
                        minute,
                        Optional.empty(),
                        new RecheckDue(slot.key(), targets))
                .write();
    }
}
