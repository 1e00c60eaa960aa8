package dev.certtide.checker;

import dev.certtide.checker.Checks.Round;
import dev.certtide.kit.Queue;
import dev.certtide.model.CheckResult;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.event.SslUnchanged;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Targets whose turn it is: what is new of them is told one by one, of the others that there is nothing new. */
final class Rechecks {
    private final Checks checks;
    private final WatchRoots roots;
    private final ResultTopic resultTopic;
    private final Queue queue;

    /** @param queue where the messages come from */
    Rechecks(Checks checks, WatchRoots roots, ResultTopic resultTopic, Queue queue) {
        this.checks = checks;
        this.roots = roots;
        this.resultTopic = resultTopic;
        this.queue = queue;
    }

    /**
     * Checks the targets of a message. Those for which there is no time, or whose check fails, come back in a message of
     * their own, so that the others are not checked again; those whose private roots are not there as well, and when they
     * are alone and the roots are not there still, they are kept as a dead letter.
     *
     * @param end when all must be over, as {@link System#nanoTime} counts
     * @throws InvalidInputException when it is no message of that kind, or nothing could be checked for want of roots
     * @throws IllegalStateException when nothing could be checked: a message of its own would come back for ever
     */
    void check(String message, long end) {
        CloudEvent.typeOf(message, EventType.RECHECK_DUE);
        var event = CloudEvent.read(RecheckDue.class, message);
        var minute = event.time().orElseThrow(() -> new InvalidInputException("time", "is missing"));
        var due = event.data();
        var round = checks.of(due.targets(), target -> roots.of(target, Map.of()), end);
        if (round.checked().isEmpty()) {
            round.requireAll();
        }
        resultTopic.publish(
                round.checked().stream()
                        .filter(Predicate.not(Checked::isUnchanged))
                        .toList(),
                unchanged(due, minute, round));
        if (!round.unfinished().isEmpty()) {
            queue.send(List.of(rest(event, round).write()));
        }
    }

    /** What is to be told of those of which there is nothing new, if there are any. */
    static Optional<SslUnchanged> unchanged(RecheckDue due, Instant minute, Round round) {
        var times = round.checked().stream()
                .filter(Checked::isUnchanged)
                .map(Checked::result)
                .map(CheckResult::checkedAt)
                .sorted()
                .toList();
        if (times.isEmpty()) {
            return Optional.empty();
        }
        var news = round.checked().stream()
                .filter(Predicate.not(Checked::isUnchanged))
                .map(checked -> checked.due().target());
        var unfinished = round.unfinished().stream().map(Due::target);
        return Optional.of(new SslUnchanged(
                due.slot(),
                minute,
                times.getFirst(),
                times.getLast(),
                due.targets().getFirst().target(),
                due.targets().getLast().target(),
                times.size(),
                inOrder(Stream.of(due.except().stream(), news, unfinished).flatMap(targets -> targets))));
    }

    /** Those that are unfinished, and between them the others, which are not to be told of twice. */
    private static CloudEvent<RecheckDue> rest(CloudEvent<RecheckDue> event, Round round) {
        var due = event.data();
        var first = round.unfinished().getFirst().target();
        var last = round.unfinished().getLast().target();
        var finished = Stream.concat(
                        due.except().stream(),
                        round.checked().stream().map(checked -> checked.due().target()))
                .filter(target ->
                        first.id().compareTo(target.id()) < 0 && target.id().compareTo(last.id()) < 0);
        return new CloudEvent<>(
                event.specversion(),
                event.id() + "/rest",
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.contentType(),
                event.traceparent(),
                new RecheckDue(due.slot(), round.unfinished(), inOrder(finished)));
    }

    private static List<Target> inOrder(Stream<Target> targets) {
        return targets.sorted(Comparator.comparing(Target::id)).toList();
    }
}
