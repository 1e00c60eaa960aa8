package dev.certtide.model.history;

import io.avaje.jsonb.Json;
import java.util.Optional;

/**
 * What is known of a target from earlier checks, as far as judging the next one needs it. The schedule carries it, so it
 * is small: some 100 bytes of JSON. Fields that a reader does not know are passed over and those that are missing are
 * empty, so that either side may be newer.
 *
 * @param clientAuth whether the newest leaf, or the one before it, is for TLS clients too
 * @param habit when certificates used to be renewed, if that could be learned
 */
@Json
public record Known(boolean clientAuth, Optional<RenewalHabit> habit) {
    /** Nothing that would matter. */
    public static final Known NOTHING = new Known(false, Optional.empty());

    /** What a history says. */
    public static Known of(LeafHistory history) {
        var leaves = history.leaves();
        var lastTwo = leaves.subList(Math.max(0, leaves.size() - 2), leaves.size());
        return new Known(lastTwo.stream().anyMatch(LeafSeen::clientAuth), RenewalHabit.of(history));
    }
}
