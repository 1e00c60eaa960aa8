package dev.certtide.kit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes sure that a piece of work is done once, however often and wherever it is delivered.
 *
 * <p>A claim is an item with an expiry. While it is held nobody else gets it; once done it stays done until it is
 * forgotten. An expired claim counts as absent whether or not DynamoDB has deleted it (time to live lags by up to days).
 */
public final class Claims {
    private static final String SORT_KEY = "CLAIM";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String STATE = "state";
    private static final String DONE = "done";

    private final Table dedup;
    private final InstantSource clock;

    /** Claims in that table: {@code Dedup}, or one that forgets nothing. */
    public Claims(Table dedup, InstantSource clock) {
        this.dedup = dedup;
        this.clock = clock;
    }

    /** What asking for a claim came to. */
    public sealed interface Claim {
        /**
         * The work is the caller's until the lease ends.
         *
         * @param key what was claimed
         * @param token proves whose the claim is
         */
        record Granted(String key, String token) implements Claim {}

        /**
         * Somebody else is at it; come back later.
         *
         * @param left how long that may take, in whole seconds, at least one
         */
        record Held(Duration left) implements Claim {}

        /** It has been done. */
        record Done() implements Claim {}
    }

    /**
     * Asks for {@code key}.
     *
     * @param lease how long the work may take; after that somebody else may take over. Whole seconds, at least one
     */
    public Claim claim(String key, Duration lease) {
        var token = UUID.randomUUID().toString();
        // An item that expires this very second still counts: the lease is never shorter than promised.
        var written = dedup.put(
                Item.of(key, SORT_KEY).with(STATE, token).with(EXPIRES_AT, now() + lease.toSeconds()),
                Condition.absentOrAtMost(EXPIRES_AT, now() - 1));
        if (written) {
            return new Claim.Granted(key, token);
        }
        return current(key)
                .<Claim>map(item -> isDone(item) ? new Claim.Done() : new Claim.Held(left(item)))
                .orElseGet(() -> new Claim.Held(Duration.ofSeconds(1))); // Given back meanwhile.
    }

    /** Whether {@code key} has been done and is not forgotten yet. */
    public boolean isDone(String key) {
        return current(key).filter(Claims::isDone).isPresent();
    }

    private Optional<Item> current(String key) {
        return dedup.get(key, SORT_KEY)
                .filter(item -> item.findNumber(EXPIRES_AT).orElse(0L) >= now());
    }

    private static boolean isDone(Item item) {
        return item.find(STATE).filter(DONE::equals).isPresent();
    }

    /** The second of the expiry itself still belongs to the lease. */
    private Duration left(Item item) {
        return Duration.ofSeconds(item.findNumber(EXPIRES_AT).orElse(0L) - now() + 1);
    }

    /** Records that the claimed work is done and remembers it for that long. */
    public void done(Claim.Granted claim, Duration remember) {
        markDone(claim.key(), remember);
    }

    /** Records that something is done, claimed or not. */
    public void markDone(String key, Duration remember) {
        dedup.put(Item.of(key, SORT_KEY).with(STATE, DONE).with(EXPIRES_AT, now() + remember.toSeconds()));
    }

    /** Gives a claim back, so that the work can be tried again at once; does nothing when it is no longer held. */
    public void release(Claim.Granted claim) {
        dedup.delete(claim.key(), SORT_KEY, Condition.equal(STATE, claim.token()));
    }

    /**
     * The same after the work failed: the next try must not find it taken. If giving it back fails, too, the failure of
     * the work tells so, and the lease ends some time.
     *
     * @return the failure of the work
     */
    public <T extends Throwable> T release(Claim.Granted claim, T failed) {
        try {
            release(claim);
        } catch (RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
        return failed;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
