package dev.certtide.checker;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * A result, and what was known of the target before.
 *
 * @param due the target as it was asked for
 * @param result what was found
 */
record Checked(RecheckDue.Due due, CheckResult result) {
    /** The wording of a finding counts the days ("in 12 days"): what is written down is not to be older than one. */
    private static final Duration WORDING_LASTS = Duration.ofDays(1);

    /** The same, with the guess of the last check where it could only guess. */
    Checked guessedAs(Optional<Outcome> last) {
        return last.map(one -> new Checked(due, one.guessIn(result))).orElse(this);
    }

    /** Whether the failures have to look at it: they do unless all is well and is known to have been. */
    boolean attention() {
        return due.incident() || !isWell();
    }

    /**
     * Whether it says nothing that is not written down already: the check came to the same as the last one that was
     * written down, all is well and no incident is open, or it is not and one is; and nobody wants to hear of the
     * certificate's end since.
     */
    boolean isUnchanged() {
        return due.last()
                .filter(Outcome.of(result)::isLike)
                .filter(last -> isWell() ? !due.incident() : due.incident() && isFresh(last))
                .filter(last -> due.eager()
                        .filter(margins -> margins.areReachedSince(last.at(), result))
                        .isEmpty())
                .isPresent();
    }

    private boolean isFresh(Outcome last) {
        return result.checkedAt().isBefore(last.at().plus(WORDING_LASTS));
    }

    /** To everybody: some want to hear of a certificate's end earlier than others. */
    private boolean isWell() {
        return result.status() == Status.OK
                && due.eager().filter(margins -> margins.areReached(result)).isEmpty();
    }
}
