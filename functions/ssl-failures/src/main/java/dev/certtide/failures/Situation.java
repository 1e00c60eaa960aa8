package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a decision is made from.
 *
 * @param policy what the owner wants
 * @param incident how the trouble stands
 * @param isWatched whether the owner still wants to hear of it: the watch is there and not paused
 * @param ledger what was decided before about this incident
 * @param waiting of that, what is gathered for a summary that has not been told yet
 * @param broken channels that can't be used, by {@link Channel#key}, each with when it is to be tried again
 */
record Situation(
        Policy policy,
        Incident incident,
        boolean isWatched,
        List<Decision> ledger,
        List<Decision> waiting,
        Map<String, Instant> broken) {
    /** The same after some more was decided. */
    Situation with(List<Decision> decided) {
        return new Situation(
                policy,
                incident,
                isWatched,
                both(ledger, decided),
                both(
                        waiting,
                        decided.stream()
                                .filter(decision -> decision.outcome() == Decision.Outcome.GATHERED)
                                .toList()),
                broken);
    }

    /** The same, when that is what waits for a summary. */
    Situation waiting(List<Decision> gathered) {
        return new Situation(policy, incident, isWatched, ledger, gathered, broken);
    }

    /** The same if all channels worked. */
    Situation mended() {
        return new Situation(policy, incident, isWatched, ledger, waiting, Map.of());
    }

    /** When a channel that can't be used is to be tried again. */
    Optional<Instant> brokenUntil(Channel channel) {
        return Optional.ofNullable(broken.get(channel.key()));
    }

    /** What one channel knows of the incident, or is about to. */
    History history(Channel channel) {
        return History.of(channel, ledger, waiting);
    }

    private static List<Decision> both(List<Decision> some, List<Decision> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
