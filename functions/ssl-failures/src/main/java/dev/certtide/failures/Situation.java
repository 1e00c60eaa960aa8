package dev.certtide.failures;

import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.policy.Policy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a decision is made from.
 *
 * @param policy what the owner wants
 * @param incident how the trouble stands
 * @param isWatched whether the owner still wants to hear of it: the watch is there and not paused
 * @param ledger what was decided before about this incident
 * @param broken channels that can't be used, by id
 */
record Situation(Policy policy, Incident incident, boolean isWatched, List<Decision> ledger, Set<String> broken) {
    /** The same after some more was decided. */
    Situation with(List<Decision> decided) {
        return new Situation(
                policy,
                incident,
                isWatched,
                Stream.concat(ledger.stream(), decided.stream()).toList(),
                broken);
    }
}
