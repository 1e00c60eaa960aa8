package dev.certtide.recheck;

import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.Config;
import dev.certtide.kit.DueMessages;
import dev.certtide.kit.Queue;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Sends the targets of one part of a slot, once for each minute in which it is due.
 *
 * <p>They are sent as they are read, so a crash between two pages leaves some sent: the repetition sends all of them
 * again. A target that is checked twice costs a check and changes nothing.
 */
final class Parts {
    /** Longer than an invocation may take. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Longer than any turn can be made up for. */
    private static final Duration REMEMBER = Duration.ofDays(2);

    private final Config config;
    private final Claims claims;
    private final Queue recheck;

    Parts(Config config, Claims claims, Queue recheck) {
        this.config = config;
        this.claims = claims;
        this.recheck = recheck;
    }

    /**
     * Sends what a slot holds, if it has not been sent for that minute. An empty one is read and nothing else.
     *
     * @param occasion tells rounds apart that serve the same minute for different reasons
     * @return how many targets; nothing when another invocation is at it, which may yet crash
     * @throws RuntimeException when it can't be read or sent; it can be tried again at once
     */
    OptionalInt send(Slot slot, Instant minute, String occasion) {
        var targets = config.dueInOrder(slot).iterator();
        if (!targets.hasNext()) {
            return OptionalInt.of(0);
        }
        return switch (claims.claim("recheck#" + slot.key() + "#" + minute + occasion, LEASE)) {
            case Claim.Granted granted -> OptionalInt.of(send(slot, minute, targets, granted));
            case Claim.Done _ -> OptionalInt.of(0);
            case Claim.Held _ -> OptionalInt.empty();
        };
    }

    private int send(Slot slot, Instant minute, Iterator<RecheckDue.Due> targets, Claim.Granted claim) {
        try {
            var sent = new AtomicInteger();
            recheck.send(DueMessages.of(slot.key(), minute, stream(targets).peek(_ -> sent.incrementAndGet())));
            claims.done(claim, REMEMBER);
            return sent.get();
        } catch (RuntimeException failed) {
            claims.release(claim, failed);
            throw failed;
        }
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
