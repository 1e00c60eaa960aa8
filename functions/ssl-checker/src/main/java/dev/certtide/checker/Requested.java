package dev.certtide.checker;

import dev.certtide.kit.Config;
import dev.certtide.kit.DueMessages;
import dev.certtide.kit.Queue;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Targets that somebody wants checked now, whenever it is their turn: all results are told one by one.
 *
 * <p>Those for which there is no time go back into the queue of new URLs, as a message of what is due: among the re-checks
 * they would wait behind all of these after an outage.
 */
final class Requested {
    private final Checks checks;
    private final WatchRoots roots;
    private final Config config;
    private final ResultTopic resultTopic;
    private final Queue newUrls;
    private final InstantSource clock;

    Requested(
            Checks checks,
            WatchRoots roots,
            Config config,
            ResultTopic resultTopic,
            Queue newUrls,
            InstantSource clock) {
        this.checks = checks;
        this.roots = roots;
        this.config = config;
        this.resultTopic = resultTopic;
        this.newUrls = newUrls;
        this.clock = clock;
    }

    /**
     * Checks the targets. Those for which there is no time, or whose check fails, become due at once, so that neither
     * the others are checked again nor a message with more targets than there is ever time for comes back until it is a
     * dead letter. Doing it again comes to the same, and to more checks. Those become due as well whose private roots
     * neither came with the message nor are kept yet.
     *
     * @param sent private roots that came with the message, by their names
     * @param end when all must be over, as {@link System#nanoTime} counts
     * @throws RuntimeException when results could not be told or what is left could not be handed on
     */
    void check(List<Target> targets, Map<String, PrivateRoots> sent, long end) {
        var scheduled = config.scheduled(targets).stream().collect(Collectors.toMap(Due::target, Function.identity()));
        var round = checks.of(due(targets, scheduled), target -> roots.of(target, sent), end);
        resultTopic.publish(
                round.checked().stream()
                        .map(one -> one.guessedAs(
                                Optional.ofNullable(scheduled.get(one.due().target()))
                                        .flatMap(Due::last)))
                        .toList(),
                Optional.empty());
        var unfinished = round.unfinished().stream()
                .sorted(Comparator.comparing(due -> due.target().id()));
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        newUrls.send(DueMessages.of(RecheckDue.ASKED, minute, unfinished));
    }

    /** Whether a message of the queue of new URLs is one of those. */
    static boolean isHandedOn(String message) {
        return message.contains(EventType.RECHECK_DUE.typeName()) && CloudEvent.isOf(EventType.RECHECK_DUE, message);
    }

    private static List<Due> due(List<Target> targets, Map<Target, Due> scheduled) {
        // Backends send again what they sent before. Without what is known, such a check would find less than those of
        // the schedule do, and call a trouble over that lasts.
        // Nothing is known of incidents for certain: the failures must look at whatever comes out.
        return targets.stream()
                .map(target -> new Due(
                        target, true, Optional.ofNullable(scheduled.get(target)).flatMap(Due::known), Optional.empty()))
                .toList();
    }
}
