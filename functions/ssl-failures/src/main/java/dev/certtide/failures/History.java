package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one channel was told of an incident since it was last told its end. Pure.
 *
 * @param channel which
 * @param round how many times it was told the end before
 * @param told what it was told, or will be in a summary; not that somebody is at it, which tells nothing of the trouble
 * @param acknowledgements how it was told that somebody is at it
 * @param waiting of what it was told, what is gathered for a summary that has not been told yet
 */
record History(
        Channel channel, int round, List<Decision> told, List<Decision> acknowledgements, List<Decision> waiting) {
    /** The step that tells the end. */
    static final String RECOVERED = "recovered";

    static History of(Channel channel, List<Decision> ledger, List<Decision> waiting) {
        var all = ledger.stream()
                .filter(decision -> decision.isTold() && decision.channel().equals(channel))
                .toList();
        int round = (int) all.stream()
                .filter(decision -> decision.step().equals(RECOVERED))
                .count();
        var now = all.stream().filter(decision -> decision.round() == round).toList();
        return new History(
                channel,
                round,
                now.stream()
                        .filter(decision -> decision.kind() != Kind.ACKNOWLEDGED)
                        .toList(),
                now.stream()
                        .filter(decision -> decision.kind() == Kind.ACKNOWLEDGED)
                        .toList(),
                now.stream().filter(waiting::contains).toList());
    }

    /** Whether it was told that step, or one that says it too. */
    boolean knows(String step) {
        return told.stream().anyMatch(decision -> Steps.says(decision.step(), step));
    }

    /** Whether all that it was told, if anything, is still on its way in a summary: to its reader nothing has begun. */
    boolean isUnheard() {
        return told.size() == waiting.size();
    }

    Optional<Decision> last() {
        return told.stream().max(Comparator.comparing(Decision::at));
    }

    Status worst() {
        return told.stream()
                .map(Decision::status)
                .max(Comparator.comparing(IncidentSteps::gravity))
                .orElse(Status.OK);
    }

    /** When it was last told of trouble by itself, as pagers are that call somebody. */
    Optional<Instant> alarmedAt() {
        return told.stream()
                .filter(decision -> decision.outcome() == Decision.Outcome.TOLD)
                .map(Decision::at)
                .max(Instant::compareTo);
    }

    /** Whether somebody is said to be at it since it was last told of trouble. */
    boolean isAcknowledged() {
        return alarmedAt()
                .filter(alarm ->
                        acknowledgements.stream().anyMatch(said -> !said.at().isBefore(alarm)))
                .isPresent();
    }

    /** The next of the steps that have this name and a number. */
    String next(String name) {
        long before = (name.equals("acknowledged") ? acknowledgements : told)
                .stream()
                        .filter(decision -> decision.step().startsWith(name + "-"))
                        .count();
        return name + "-" + (before + 1);
    }
}
