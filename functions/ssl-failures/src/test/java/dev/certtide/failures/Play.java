package dev.certtide.failures;

import dev.certtide.failures.IncidentSteps.Change;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One incident in the course of time: what happens to it, and what is decided whenever it is looked at. */
final class Play {
    private final Policy policy;
    private final List<Channel> channels;
    private final List<Decision> ledger = new ArrayList<>();
    private final Map<String, Instant> broken = new HashMap<>();
    private Optional<Incident> incident = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private boolean isWatched = true;
    private Instant now = Samples.START;

    Play(Policy policy, Channel... channels) {
        this.policy = policy;
        this.channels = List.of(channels);
    }

    /** The target is seen to be so bad, or well; what is decided then, as {@code rule kind:status} for each channel. */
    String see(Status status) {
        var change = status == Status.OK
                ? new Change.Gone(false, Optional.empty(), now)
                : new Change.Seen(Samples.SHOP, status, List.of(), Optional.empty(), channels, now);
        return happen(change);
    }

    /** The certificate is seen to have expired. */
    String expire() {
        var finding = new Finding(FindingCode.EXPIRED, Status.CRITICAL, "It has expired; renew it.", List.of());
        return happen(
                new Change.Seen(Samples.SHOP, Status.CRITICAL, List.of(finding), Optional.empty(), channels, now));
    }

    /** Somebody says something. */
    String answer(Answer.Kind kind, Optional<Instant> until) {
        return happen(new Change.Answered(new Answer(kind, now, Optional.of("jane"), until)));
    }

    private String happen(Change change) {
        incident = IncidentSteps.next(incident, Samples.JANE, Cause.of(Samples.SHOP), change);
        return look();
    }

    /** Time passes; whenever the plan was to look again, it is looked. What was decided is told, each after its time. */
    String pass(Duration time) {
        var end = now.plus(time);
        var told = new ArrayList<String>();
        while (next.filter(at -> !at.isAfter(end)).isPresent()) {
            now = next.get();
            told.add(look());
        }
        now = end;
        return told.stream().filter(line -> !line.equals("-")).collect(Collectors.joining("; "));
    }

    /** Time passes, and the timers are late. */
    void wait(Duration time) {
        now = now.plus(time);
    }

    /** What is decided now. */
    String look() {
        var plan = Decisions.decide(
                new Situation(policy, incident.orElseThrow(), isWatched, ledger, waiting(), broken), now);
        ledger.addAll(plan.decisions());
        next = plan.next();
        if (plan.isOver()) {
            incident = IncidentSteps.next(incident, Samples.JANE, Cause.of(Samples.SHOP), new Change.Closed());
        }
        return plan.decisions().isEmpty()
                ? "-"
                : plan.decisions().stream().map(this::words).collect(Collectors.joining(" "));
    }

    void pause() {
        isWatched = false;
    }

    void breakChannel(Channel channel) {
        broken.put(channel.key(), now.plus(Duration.ofHours(6)));
    }

    void mend(Channel channel) {
        broken.remove(channel.key());
    }

    /** Summaries are told in time. */
    private List<Decision> waiting() {
        return ledger.stream()
                .filter(decision -> decision.outcome() == Decision.Outcome.GATHERED)
                .filter(decision -> decision.until().filter(now::isBefore).isPresent())
                .toList();
    }

    Incident incident() {
        return incident.orElseThrow();
    }

    Instant now() {
        return now;
    }

    private String words(Decision decision) {
        var told = decision.kind().word() + ":" + decision.status().word();
        var by = decision.isTold() && decision.outcome() == Decision.Outcome.TOLD
                ? told
                : decision.outcome().word() + "(" + decision.rule() + ")";
        return channels.size() == 1 && decision.channel().equals(channels.getFirst())
                ? by
                : by + "@" + decision.channel().id();
    }
}
