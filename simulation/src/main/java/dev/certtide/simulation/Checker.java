package dev.certtide.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at hosts when it is their turn, or when it is asked to, and tells of it as {@code ssl-checker} does: what has not
 * changed is not told (docs/architecture.md). No connection is made: the world is asked.
 */
final class Checker {
    private static final Duration WORDING_LASTS = Duration.ofDays(1);

    private final World world;
    private final Deployment deployment;
    private final Map<Host, Long> plans = new HashMap<>();
    private final Map<Host, Status> seen = new HashMap<>();
    private long checks;

    Checker(World world, Deployment deployment) {
        this.world = world;
        this.deployment = deployment;
    }

    long checks() {
        return checks;
    }

    /** What was asked of the function: targets, now. */
    SQSBatchResponse asked(SQSEvent event) {
        event.getRecords().stream()
                .map(message ->
                        CloudEvent.read(RecheckDue.class, message.getBody()).data())
                .flatMap(due -> due.targets().stream())
                .forEach(due -> Optional.ofNullable(world.hosts().get(due.target()))
                        .ifPresent(host -> {
                            check(host, due);
                            plan(host, true);
                        }));
        return new SQSBatchResponse(List.of());
    }

    /** Somebody begins to watch it, or does so again. */
    void begin(Host host) {
        scheduled(host).ifPresent(due -> check(host, new Due(due.target(), true, due.known(), Optional.empty(), due.eager())));
        plan(host, true);
    }

    /** Has it looked at when it is its turn: whether it is its turn is asked every hour if something may have changed. */
    private void plan(Host host, boolean isNews) {
        var plan = plans.merge(host, 1L, Long::sum);
        var step = isNews ? Cadence.HOURLY : Cadence.DAILY;
        var minute = Slot.of(host.target(), step).minute();
        var now = world.agenda().instant();
        long past = Math.floorMod(now.getEpochSecond() / 60 - minute, (long) step.minutes());
        var next = now.truncatedTo(ChronoUnit.MINUTES).plus(step.minutes() - past, ChronoUnit.MINUTES);
        world.agenda().at(next, () -> {
            if (plans.get(host).equals(plan)) {
                turn(host);
            }
        });
    }

    private void turn(Host host) {
        var before = seen.get(host);
        var due = scheduled(host);
        var cadence = due.flatMap(Due::last).isEmpty() ? Cadence.HOURLY : cadence(host);
        if (due.isPresent() && isDue(host, cadence)) {
            check(host, due.get());
        }
        boolean isSteady = seen.containsKey(host) && seen.get(host).equals(before);
        plan(host, due.isPresent() && (cadence != Cadence.DAILY || !isSteady));
    }

    private Optional<Due> scheduled(Host host) {
        return deployment.kit().config().scheduled(List.of(host.target())).stream()
                .findFirst();
    }

    /** As the schedule has it. */
    private Cadence cadence(Host host) {
        var key = deployment
                .tables()
                .getItem(request -> request.tableName(deployment.table("CONFIG_TABLE"))
                        .key(Keys.of("TARGET#" + host.target().id(), "TARGET")))
                .item()
                .get("due")
                .s();
        return List.of(Cadence.values()).stream()
                .filter(one -> key.startsWith(one.word() + "#"))
                .findFirst()
                .orElseThrow();
    }

    private boolean isDue(Host host, Cadence cadence) {
        var minute = world.agenda().instant().getEpochSecond() / 60;
        return Math.floorMod(minute, (long) cadence.minutes())
                == Slot.of(host.target(), cadence).minute();
    }

    private void check(Host host, Due due) {
        checks++;
        var result = world.check(host);
        if (!result.status().equals(seen.put(host, result.status()))) {
            world.story()
                    .tell(
                            host.target().id(),
                            "is seen to be " + result.status().word() + " "
                                    + result.verdict().codes());
        }
        if (!isUnchanged(result, due)) {
            publish(result, due.incident() || !isWell(result, due));
        }
    }

    private static boolean isUnchanged(CheckResult result, Due due) {
        return due.last()
                .filter(Outcome.of(result)::isLike)
                .filter(last -> isWell(result, due)
                        ? !due.incident()
                        : due.incident() && isFresh(last, result.checkedAt()))
                .filter(last -> due.eager()
                        .filter(margins -> margins.areReachedSince(last.at(), result))
                        .isEmpty())
                .isPresent();
    }

    /** To everybody: some want to hear of a certificate's end earlier than others. */
    private static boolean isWell(CheckResult result, Due due) {
        return result.status() == Status.OK
                && due.eager().filter(margins -> margins.areReached(result)).isEmpty();
    }

    private static boolean isFresh(Outcome last, Instant now) {
        return now.isBefore(last.at().plus(WORDING_LASTS));
    }

    private void publish(CheckResult result, boolean attention) {
        var target = result.target().id();
        var id = target + "/" + result.checkedAt();
        var event = CloudEvent.of(
                EventType.SSL_CHECKED, id, "ssl-checker", target, result.checkedAt(), Optional.empty(), result);
        var body = CloudEvent.writeBatch(CheckResult.class, List.of(event));
        deployment.send("ssl-stats", body);
        if (attention) {
            deployment.send("ssl-failures", body);
        }
    }
}
