package dev.certtide.failures;

import dev.certtide.kit.Config;
import dev.certtide.kit.Queue;
import dev.certtide.kit.Timers;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.history.Known;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has suspicions looked into: the target is checked again, out of turn. */
final class SecondLooks {
    /** The kind of timer that asks for a check. */
    static final String TIMER = "second-look";

    private final Config config;
    private final Queue rechecks;
    private final Timers timers;
    private final Duration pause;
    private final InstantSource clock;

    /** @param pause how long to wait before the next try, at most 15 minutes */
    SecondLooks(Config config, Queue rechecks, Timers timers, Duration pause, InstantSource clock) {
        this.config = config;
        this.rechecks = rechecks;
        this.timers = timers;
        this.pause = pause;
        this.clock = clock;
    }

    /** Asks for a check when it can make the suspicion certain. */
    void ask(Standing standing, Standing.Suspicion suspicion) {
        if (suspicion.status() == Status.UNREACHABLE) {
            // The first check of a URL may be done before the registry has put it on the schedule.
            var target = standing.target();
            rechecks.send(message(target, scheduled(target).flatMap(RecheckDue.Due::known)), pause);
            return;
        }
        timers.set(new TimerDue(
                TIMER + "/" + standing.target().id(),
                TIMER,
                suspicion.since().plus(StandingSteps.GRACE),
                Map.of("target", standing.target().id())));
    }

    /** The time has come; nothing for a target that was taken off the schedule meanwhile. */
    void ask(TimerDue timer) {
        scheduled(Target.ofId(timer.data().get("target")))
                .ifPresent(due -> rechecks.send(List.of(message(due.target(), due.known()))));
    }

    private Optional<RecheckDue.Due> scheduled(Target target) {
        return config.scheduled(List.of(target)).stream().findFirst();
    }

    /** Without what the last check came to, so that the result is told even if it is the same. */
    private String message(Target target, Optional<Known> known) {
        var slot = Slot.of(target, Cadence.HOURLY).key();
        var due = new RecheckDue.Due(target, true, known, Optional.empty());
        return CloudEvent.of(
                        EventType.RECHECK_DUE,
                        TIMER + "/" + target.id() + "/" + clock.instant(),
                        "ssl-failures",
                        slot,
                        clock.instant(),
                        Optional.empty(),
                        new RecheckDue(slot, List.of(due), List.of()))
                .write();
    }
}
