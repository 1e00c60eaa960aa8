package dev.certtide.failures;

import static dev.certtide.model.incident.Decision.Outcome.GATHERED;
import static dev.certtide.model.incident.Decision.Outcome.HELD;
import static dev.certtide.model.incident.Decision.Outcome.SILENT;
import static dev.certtide.model.incident.Decision.Outcome.TOLD;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules that keep from telling something that there is to tell, in the order in which they are asked; the first that
 * objects decides. {@code docs/policies.md} names them for owners. Pure.
 */
final class Rules {
    /** Nobody wants to hear of it. */
    static final String NOT_WATCHED = "not-watched";

    /** Of quiet hours and maintenances that follow each other without a break, more than anybody has. */
    private static final int MOST_HOURS = 100;

    /** Nobody wants to hear of it, and what a pager was told would call for ever. */
    static final String LEFT = "left";

    /** It is tried again later. */
    static final String BROKEN_CHANNEL = "broken-channel";

    /** Longer than a summary takes to be told after its time. */
    private static final Duration SUMMARY_TAKES = Duration.ofMinutes(3);

    private Rules() {}

    static Decision judge(Decision proposal, Situation situation) {
        if (proposal.kind() == Kind.ACKNOWLEDGED) {
            // It disturbs nobody: pagers stop calling.
            return notWatched(proposal, situation)
                    .or(() -> brokenChannel(proposal, situation))
                    .orElse(proposal);
        }
        if (isLeft(proposal, situation)) {
            // Nobody is disturbed by this either, and nobody else would tell it.
            return proposal.as(TOLD, LEFT, none());
        }
        return Stream.of(
                        notWatched(proposal, situation),
                        belowLevel(proposal, situation.policy()),
                        answered(proposal, situation.incident()),
                        flapping(proposal, situation.incident()),
                        maintenance(proposal, situation.policy()),
                        quietHours(proposal, situation.policy()),
                        brokenChannel(proposal, situation),
                        unheard(proposal, situation),
                        digest(proposal, situation))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(proposal);
    }

    private static Optional<Decision> notWatched(Decision proposal, Situation situation) {
        return situation.isWatched() ? Optional.empty() : Optional.of(proposal.as(SILENT, NOT_WATCHED, none()));
    }

    /** Whether it ends what is open at a pager, of something that nobody watches any more. */
    private static boolean isLeft(Decision proposal, Situation situation) {
        return isEnd(proposal) && proposal.channel() instanceof Channel.PagerDuty && !situation.isWatched();
    }

    private static Optional<Decision> belowLevel(Decision proposal, Policy policy) {
        return isEnd(proposal) || proposal.status().compareTo(policy.leastLevel(proposal.channel())) >= 0
                ? Optional.empty()
                : Optional.of(proposal.as(SILENT, "below-level", none()));
    }

    private static Optional<Decision> answered(Decision proposal, Incident incident) {
        if (isEnd(proposal)) {
            return Optional.empty();
        }
        return switch (incident.state(proposal.at())) {
            case ACKNOWLEDGED -> Optional.of(proposal.as(SILENT, "acknowledged", none()));
            case SNOOZED ->
                Optional.of(proposal.as(HELD, "snoozed", incident.answer().flatMap(Incident.Answer::until)));
            case OPEN, RESOLVED -> Optional.empty();
        };
    }

    /** Who was told the end an hour ago is not told the beginning again before it has lasted. */
    private static Optional<Decision> flapping(Decision proposal, Incident incident) {
        return incident.reopenedAt()
                .map(again -> again.plus(IncidentSteps.FLAPPING))
                .filter(until -> proposal.round() > 0
                        && !isEnd(proposal)
                        && proposal.at().isBefore(until))
                .map(until -> proposal.as(HELD, "flapping", Optional.of(until)));
    }

    private static Optional<Decision> maintenance(Decision proposal, Policy policy) {
        return endOfMaintenance(policy, proposal.at())
                .map(until -> proposal.as(HELD, "maintenance", Optional.of(until)));
    }

    private static Optional<Instant> endOfMaintenance(Policy policy, Instant at) {
        return last(policy.maintenance().stream().map(time -> time.endAt(at)));
    }

    private static Optional<Decision> quietHours(Decision proposal, Policy policy) {
        return endOfQuiet(proposal, policy, proposal.at())
                .map(until -> proposal.as(HELD, "quiet-hours", Optional.of(until)));
    }

    private static Optional<Instant> endOfQuiet(Decision proposal, Policy policy, Instant at) {
        var level = isEnd(proposal) ? Status.WARNING : proposal.status();
        return last(
                policy.quietHours().stream().filter(hours -> !hours.pass(level)).map(hours -> hours.endAt(at)));
    }

    /** The first time from then on that is neither quiet, for what is to be told, nor in a maintenance. */
    static Instant calm(Decision decision, Policy policy, Instant from) {
        var at = from;
        for (int i = 0; i < MOST_HOURS; i++) {
            var time = at;
            var end = endOfMaintenance(policy, time).or(() -> endOfQuiet(decision, policy, time));
            if (end.isEmpty()) {
                break;
            }
            at = end.get();
        }
        return at;
    }

    private static Optional<Decision> brokenChannel(Decision proposal, Situation situation) {
        return situation
                .brokenUntil(proposal.channel())
                .map(until -> proposal.as(HELD, BROKEN_CHANNEL, Optional.of(until)));
    }

    /** The end of what is gathered and was not told yet goes into the same summary, or comes after it: never before. */
    private static Optional<Decision> unheard(Decision proposal, Situation situation) {
        var history = situation.history(proposal.channel());
        if (!isEnd(proposal) || !history.isUnheard()) {
            return Optional.empty();
        }
        return history.waiting().stream()
                .max(Comparator.comparing(waiting -> waiting.until().orElseThrow()))
                .map(waiting -> waiting.until().filter(proposal.at()::isBefore).isPresent()
                        ? proposal.as(GATHERED, waiting.rule(), waiting.until())
                        : proposal.as(
                                HELD, waiting.rule(), Optional.of(proposal.at().plus(SUMMARY_TAKES))));
    }

    private static Optional<Decision> digest(Decision proposal, Situation situation) {
        if (proposal.kind() == Kind.ESCALATED || isEnd(proposal) && wasToldAtOnce(proposal, situation)) {
            return Optional.empty();
        }
        return situation
                .policy()
                .digest(proposal.channel(), proposal.status())
                .map(digest -> proposal.as(GATHERED, "digest", Optional.of(digest.next(proposal.at()))));
    }

    /** The end of what was told at once is told at once. */
    private static boolean wasToldAtOnce(Decision end, Situation situation) {
        return situation.ledger().stream()
                .anyMatch(known -> known.outcome() == TOLD
                        && known.round() == end.round()
                        && known.channel().equals(end.channel()));
    }

    private static boolean isEnd(Decision proposal) {
        return proposal.kind() == Kind.RECOVERED;
    }

    private static Optional<Instant> last(Stream<Optional<Instant>> ends) {
        return ends.flatMap(Optional::stream).max(Instant::compareTo);
    }

    private static Optional<Instant> none() {
        return Optional.empty();
    }

    /** Whether one of these keeps {@code decision} from being made a second time. */
    static boolean isNews(Decision decision, Collection<Decision> ledger) {
        return decision.outcome() == TOLD
                || decision.outcome() == GATHERED
                || ledger.stream()
                        .noneMatch(known -> known.round() == decision.round()
                                && known.step().equals(decision.step())
                                && known.rule().equals(decision.rule())
                                && known.channel().equals(decision.channel()));
    }
}
