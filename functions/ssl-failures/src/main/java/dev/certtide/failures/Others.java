package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.policy.Escalation;
import dev.certtide.model.policy.Policy;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who else there is when a channel can't be used. Pure.
 *
 * @param alsoTold those that are told the same themselves
 * @param fallbacks those that are not, in the order in which they are to be asked to tell it in its place: the incident's
 *     own channels, then those who would be told if nobody acknowledged it
 */
record Others(List<Channel> alsoTold, List<Channel> fallbacks) {
    private static final Others NOBODY = new Others(List.of(), List.of());

    static Others of(Decision decision, Situation situation) {
        if (decision.rule().equals(Rules.LEFT)) {
            return NOBODY; // People would read that all is well.
        }
        var others = Stream.concat(situation.incident().channels().stream(), escalation(situation.policy()))
                .filter(channel -> !channel.equals(decision.channel()))
                .distinct()
                .limit(Incident.MOST_CHANNELS)
                .toList();
        var alsoTold = others.stream()
                .filter(channel -> isTold(channel, decision, situation))
                .toList();
        var fallbacks =
                others.stream().filter(channel -> !alsoTold.contains(channel)).toList();
        return new Others(alsoTold, fallbacks);
    }

    private static Stream<Channel> escalation(Policy policy) {
        return policy.escalation().map(Escalation::channels).stream().flatMap(List::stream);
    }

    /** That somebody is at it is for pagers: nobody else misses it. */
    private static boolean isTold(Channel channel, Decision decision, Situation situation) {
        return decision.kind() == Kind.ACKNOWLEDGED
                || situation.ledger().stream()
                        .filter(other -> other.isTold() && other.channel().equals(channel))
                        .anyMatch(other -> isSame(decision, other, situation));
    }

    /** Whether two decisions tell the same step of the same trouble, each over its channel. */
    static boolean isSame(Decision one, Decision other, Situation situation) {
        boolean isPresent = !other.at().isBefore(situation.incident().since())
                || !other.at().isBefore(one.at())
                || other.kind() != Kind.RECOVERED
                        && other.round() == situation.history(other.channel()).round();
        return other.step().equals(one.step()) && !other.channel().equals(one.channel()) && isPresent;
    }
}
