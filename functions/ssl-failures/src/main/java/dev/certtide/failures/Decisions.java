package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Decision.Outcome;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.Incident.State;
import dev.certtide.model.policy.Escalation;
import dev.certtide.model.policy.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to tell now, and when to decide again. Pure: a situation and an instant.
 *
 * <ul>
 *   <li>Each channel hears of each level of an incident once.
 *   <li>A milder level after a worse one is not news; the end of the trouble is.
 *   <li>The end is told to those, and only those, who were told of the trouble.
 *   <li>What lasts is told again as often as the owner wants to be reminded, and to others if nobody acknowledges it.
 *   <li>{@link Rules} may object to each of it.
 * </ul>
 */
final class Decisions {
    private static final String RECOVERED = "recovered";
    private static final String FIRST = "first";

    private final Situation situation;
    private final Incident incident;
    private final Instant now;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Instant> looks = new ArrayList<>();

    private Decisions(Situation situation, Instant now) {
        this.situation = situation;
        this.incident = situation.incident();
        this.now = now;
    }

    static Plan decide(Situation situation, Instant now) {
        var plan = new Decisions(situation, now).plan();
        if (plan.decisions().stream().noneMatch(Decision::isTold)) {
            return plan;
        }
        // What is told now may be followed by a reminder, or by others being told.
        var after = new Decisions(situation.with(plan.decisions()), now).plan();
        var all = Stream.concat(plan.decisions().stream(), after.decisions().stream())
                .toList();
        return new Plan(all, after.next(), after.isOver());
    }

    private Plan plan() {
        if (incident.isOpen()) {
            incident.channels().stream().map(this::history).forEach(this::tellOfTrouble);
            situation.policy().escalation().ifPresent(this::escalate);
        } else {
            everybodyTold().map(this::history).forEach(this::tellOfEnd);
        }
        var news = decisions.stream()
                .filter(decision -> Rules.isNews(decision, situation.ledger()))
                .toList();
        return new Plan(news, looks.stream().min(Instant::compareTo), !incident.isOpen() && looks.isEmpty());
    }

    /** What one channel was told of this incident. */
    private record History(Channel channel, int round, List<Decision> told) {
        boolean isTold(String step) {
            return told.stream().anyMatch(decision -> decision.step().equals(step));
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
    }

    private History history(Channel channel) {
        var told = situation.ledger().stream()
                .filter(decision -> decision.isTold() && decision.channel().equals(channel))
                .toList();
        int round = (int) told.stream()
                .filter(decision -> decision.step().equals(RECOVERED))
                .count();
        return new History(
                channel,
                round,
                told.stream().filter(decision -> decision.round() == round).toList());
    }

    private void tellOfTrouble(History history) {
        var level = incident.level();
        boolean isNews =
                !history.isTold(level.word()) && IncidentSteps.gravity(level) >= IncidentSteps.gravity(history.worst());
        if (isNews) {
            propose(history, level.word(), history.told().isEmpty() ? Kind.OPENED : Kind.CHANGED, level, FIRST);
        } else if (incident.state(now) == State.OPEN) {
            remind(history);
        } else if (incident.state(now) == State.SNOOZED) {
            incident.answer().flatMap(Answer::until).ifPresent(looks::add);
        }
    }

    private void remind(History history) {
        var last = history.last().orElseThrow();
        var snoozeEnd = incident.answer()
                .filter(answer -> answer.kind() == Answer.Kind.SNOOZED)
                .flatMap(Answer::until)
                .filter(last.at()::isBefore);
        var due = snoozeEnd.or(
                () -> situation.policy().remindEvery().map(Interval::length).map(last.at()::plus));
        if (due.isEmpty()) {
            return;
        }
        if (due.get().isAfter(now)) {
            looks.add(due.get());
            return;
        }
        long reminders = history.told().stream()
                .filter(decision -> decision.kind() == Kind.REMINDER)
                .count();
        var rule = snoozeEnd.isPresent() ? "snooze-over" : "reminder";
        propose(history, "reminder-" + (reminders + 1), Kind.REMINDER, incident.level(), rule);
    }

    private void escalate(Escalation escalation) {
        if (incident.state(now) != State.OPEN) {
            return;
        }
        var firstTold = incident.channels().stream()
                .flatMap(channel -> history(channel).told().stream())
                .filter(decision -> decision.kind() != Kind.RECOVERED)
                .map(Decision::at)
                .min(Instant::compareTo);
        var due = firstTold.map(at -> at.plus(escalation.after().length()));
        if (due.isEmpty()) {
            return;
        }
        if (due.get().isAfter(now)) {
            looks.add(due.get());
            return;
        }
        var step = "escalated-" + incident.level().word();
        escalation.channels().stream()
                .map(this::history)
                .filter(history -> !history.isTold(step))
                .forEach(history -> propose(history, step, Kind.ESCALATED, incident.level(), "escalation"));
    }

    private void tellOfEnd(History history) {
        if (history.told().isEmpty()) {
            return;
        }
        propose(history, RECOVERED, Kind.RECOVERED, Status.OK, "end");
    }

    private Stream<Channel> everybodyTold() {
        return situation.ledger().stream()
                .filter(Decision::isTold)
                .map(Decision::channel)
                .filter(Objects::nonNull)
                .distinct();
    }

    private void propose(History history, String step, Kind kind, Status status, String rule) {
        var proposal = new Decision(
                history.round(), step, kind, status, history.channel(), Outcome.TOLD, rule, now, Optional.empty());
        var decision = Rules.judge(proposal, situation);
        decisions.add(decision);
        if (decision.outcome() == Outcome.HELD) {
            looks.add(decision.until().orElseThrow());
        }
    }
}
