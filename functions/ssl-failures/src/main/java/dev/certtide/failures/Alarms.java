package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How many times a pager has to begin anew: what was acknowledged calls nobody any more, so what is told after that is
 * another alarm of the same incident. Pure.
 */
final class Alarms {
    private Alarms() {}

    /** How many alarms were acknowledged before that which {@code decision} is about. */
    static int before(Decision decision, List<Decision> ledger) {
        if (!(decision.channel() instanceof Channel.PagerDuty)) {
            return 0;
        }
        Predicate<Decision> isAcknowledgement = known -> known.kind() == Kind.ACKNOWLEDGED;
        var told = ledger.stream()
                .filter(known -> known.outcome() == Decision.Outcome.TOLD
                        && known.channel().equals(decision.channel())
                        && known.round() == decision.round()
                        && !known.step().equals(decision.step()))
                .toList();
        var at = decision.kind() == Kind.RECOVERED
                ? last(told.stream().filter(isAcknowledgement.negate()), decision.at())
                : decision.at();
        return (int) told.stream()
                .filter(isAcknowledgement)
                .filter(known -> !known.at().isAfter(at))
                .count();
    }

    private static Instant last(Stream<Decision> alarms, Instant now) {
        return alarms.map(Decision::at).max(Instant::compareTo).orElse(now);
    }
}
