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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to tell now, and when to decide again. Pure: a situation and an instant.
 *
 * <ul>
 *   <li>Each channel hears of each level of an incident once, and once that the certificate has expired.
 *   <li>A milder level after a worse one is not news; the end of the trouble is.
 *   <li>The end is told to those, and only those, who were told of the trouble.
 *   <li>What lasts is told again as often as the owner wants to be reminded, and to others if nobody acknowledges it in
 *       time, counted from when it was first said how bad it has become.
 *   <li>At one instant a channel is told one thing: the news, before that it is told to others too, before a reminder.
 *   <li>Pagers that were told are told that somebody is at it.
 *   <li>{@link Rules} may object to each of it.
 * </ul>
 */
final class Decisions {
    private static final String FIRST = "first";

    private final Situation situation;
    private final Incident incident;
    private final Instant now;
    private final List<Proposed> proposed = new ArrayList<>();

    private Decisions(Situation situation, Instant now) {
        this.situation = situation;
        this.incident = situation.incident();
        this.now = now;
    }

    /** What there is to tell, and what the rules make of it. */
    private record Proposed(Decision proposal, Decision decision) {
        boolean isTold() {
            return decision.isTold();
        }

        boolean isFor(Channel channel) {
            return decision.channel().equals(channel);
        }
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
        var looks = incident.isOpen() ? tellOfTrouble() : tellOfEnd();
        var decisions = proposed.stream().map(this::unlessNobodyHears).toList();
        var news = decisions.stream()
                .filter(decision -> Rules.isNews(decision, situation.ledger()))
                .toList();
        var next = Stream.concat(
                        looks.stream(),
                        decisions.stream()
                                .filter(decision -> decision.outcome() == Outcome.HELD)
                                .map(decision -> decision.until().orElseThrow()))
                .min(Instant::compareTo);
        return new Plan(news, next, !incident.isOpen() && next.isEmpty());
    }

    private List<Instant> tellOfTrouble() {
        var looks = new ArrayList<Instant>();
        var histories = incident.channels().stream().map(situation::history).toList();
        histories.stream().filter(this::isNews).forEach(this::tellNews);
        situation.policy().escalation().flatMap(this::escalate).ifPresent(looks::add);
        histories.stream()
                .filter(history -> !isNews(history))
                .flatMap(history -> remind(history).stream())
                .forEach(looks::add);
        everybodyTold().map(situation::history).forEach(this::acknowledge);
        return looks;
    }

    private boolean isNews(History history) {
        return isNews(history, Steps.of(incident));
    }

    private boolean isNews(History history, String step) {
        return !history.knows(step)
                && IncidentSteps.gravity(incident.level()) >= IncidentSteps.gravity(history.worst());
    }

    private void tellNews(History history) {
        propose(history, Steps.of(incident), history.isUnheard() ? Kind.OPENED : Kind.CHANGED, FIRST);
    }

    /** When to look again. */
    private Optional<Instant> remind(History history) {
        return switch (incident.state(now)) {
            case OPEN -> remindOfWhatLasts(history);
            case SNOOZED -> incident.answer().flatMap(Answer::until);
            case ACKNOWLEDGED, RESOLVED -> Optional.empty();
        };
    }

    private Optional<Instant> remindOfWhatLasts(History history) {
        var last = history.last().orElseThrow();
        var snoozeEnd = snoozeEnd().filter(last.at()::isBefore);
        var due = snoozeEnd.or(
                () -> situation.policy().remindEvery().map(Interval::length).map(last.at()::plus));
        if (due.isEmpty() || due.get().isAfter(now)) {
            return due;
        }
        boolean isTold = proposed.stream().anyMatch(one -> one.isTold() && one.isFor(history.channel()));
        if (!isTold) {
            var kind = history.isUnheard() ? Kind.OPENED : Kind.REMINDER;
            propose(history, history.next("reminder"), kind, snoozeEnd.isPresent() ? "snooze-over" : "reminder");
        }
        return Optional.empty();
    }

    /** When to look again. */
    private Optional<Instant> escalate(Escalation escalation) {
        if (incident.state(now) != State.OPEN) {
            return Optional.empty();
        }
        var due = unansweredSince().map(at -> at.plus(escalation.after().length()));
        if (due.isEmpty() || due.get().isAfter(now)) {
            return due;
        }
        var step = Steps.escalated(incident);
        escalation.channels().stream()
                .map(situation::history)
                .filter(history -> isNews(history, step))
                .forEach(history -> escalate(history, step, due.get()));
        return Optional.empty();
    }

    /**
     * Since when nobody has said anything to how bad it has become. What was told when it was not as bad may have been
     * acknowledged, and who put it off has time from then on. Where people are told, too, a webhook is nobody who could
     * answer.
     */
    private Optional<Instant> unansweredSince() {
        var told = incident.channels().stream()
                .flatMap(channel -> situation.history(channel).told().stream())
                .toList();
        int worst = told.stream().mapToInt(Steps::gravity).max().orElse(0);
        int gravity = Math.max(worst, Steps.gravity(incident));
        var asBad = told.stream()
                .filter(decision -> Steps.gravity(decision) >= gravity)
                .toList();
        var byPeople = asBad.stream()
                .filter(decision -> !(decision.channel() instanceof Channel.Webhook))
                .toList();
        return (byPeople.isEmpty() ? asBad : byPeople)
                .stream().map(Decisions::heardAt).min(Instant::compareTo).map(first -> snoozeEnd()
                        .filter(first::isBefore)
                        .orElse(first));
    }

    private Optional<Instant> snoozeEnd() {
        return incident.answer()
                .filter(answer -> answer.kind() == Answer.Kind.SNOOZED)
                .flatMap(Answer::until);
    }

    /** Nobody can acknowledge what a summary is still to tell. */
    private static Instant heardAt(Decision told) {
        return told.until().filter(_ -> told.outcome() == Outcome.GATHERED).orElse(told.at());
    }

    private void escalate(History history, String step, Instant due) {
        var known = Stream.concat(
                history.told().stream(),
                proposed.stream().map(Proposed::decision).filter(one -> one.channel()
                        .equals(history.channel())));
        boolean isHeard = known.anyMatch(one -> one.outcome() == Outcome.TOLD
                && one.step().equals(Steps.of(incident))
                && !one.at().isBefore(due));
        if (isHeard) {
            var proposal = proposal(history, step, Kind.ESCALATED, incident.level(), "escalation");
            proposed.add(new Proposed(proposal, proposal.as(Outcome.SILENT, "said-already", Optional.empty())));
            return;
        }
        propose(history, step, Kind.ESCALATED, "escalation");
    }

    /**
     * Who put it off does not want to be called meanwhile either. What pagers do when it gets worse, or a snooze ends, is
     * to call again, as after any new trouble.
     */
    private void acknowledge(History history) {
        var state = incident.state(now);
        if (history.channel() instanceof Channel.PagerDuty
                && (state == State.ACKNOWLEDGED || state == State.SNOOZED)
                && history.alarmedAt().isPresent()
                && !history.isAcknowledged()) {
            propose(history, history.next("acknowledged"), Kind.ACKNOWLEDGED, "answer");
        }
    }

    private List<Instant> tellOfEnd() {
        everybodyTold()
                .map(situation::history)
                .filter(history -> !history.told().isEmpty())
                .forEach(history -> propose(history, History.RECOVERED, Kind.RECOVERED, Status.OK, "end"));
        return List.of();
    }

    private Stream<Channel> everybodyTold() {
        return situation.ledger().stream()
                .filter(Decision::isTold)
                .map(Decision::channel)
                .distinct();
    }

    private void propose(History history, String step, Kind kind, String rule) {
        propose(history, step, kind, incident.level(), rule);
    }

    private void propose(History history, String step, Kind kind, Status status, String rule) {
        var proposal = proposal(history, step, kind, status, rule);
        proposed.add(new Proposed(proposal, Rules.judge(proposal, situation)));
    }

    private Decision proposal(History history, String step, Kind kind, Status status, String rule) {
        return new Decision(
                history.round(), step, kind, status, history.channel(), Outcome.TOLD, rule, now, Optional.empty());
    }

    /** Better to try a broken channel in vain, and have its fallback tell it, than not to tell it at all. */
    private Decision unlessNobodyHears(Proposed one) {
        var decision = one.decision();
        if (!decision.rule().equals(Rules.BROKEN_CHANNEL) || isHeardElsewhere(decision)) {
            return decision;
        }
        return Rules.judge(one.proposal(), situation.mended());
    }

    private boolean isHeardElsewhere(Decision decision) {
        return decision.kind() == Kind.ACKNOWLEDGED
                || Stream.concat(proposed.stream().map(Proposed::decision), situation.ledger().stream())
                        .filter(other -> other.isTold() && Others.isSame(decision, other, situation))
                        .anyMatch(
                                other -> situation.brokenUntil(other.channel()).isEmpty());
    }
}
