package dev.certtide.kit;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.EagerMargins;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table {@code Config}: what is watched, for whom, and when it is checked.
 *
 * <p>{@code docs/contracts/tables.md} describes the layout.
 */
public final class Config {
    private static final String DUE_INDEX = "due";
    private static final String TARGET = "TARGET";
    private static final String INCIDENT = "incident";
    private static final String EAGER = "eager";
    private static final String KNOWN = "known";
    private static final String LAST = "last";
    private static final String LAST_AT = "lastAt";
    private static final String KNOWN_AT = "knownAt";

    private static final String SCHEDULED_AT = "scheduledAt";

    private final Table table;
    private final InstantSource clock;

    /** Targets and watches in that table, by the system's clock. */
    public Config(Table table) {
        this(table, InstantSource.system());
    }

    /** Targets and watches in that table. */
    public Config(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** All watches on a target, paused ones too. */
    public List<Watch> watches(Target target) {
        return Watches.of(table, target);
    }

    /** The watch of one owner on a target, paused or not. */
    public Optional<Watch> watch(Target target, Owner owner) {
        return Watches.of(table, target, owner);
    }

    /**
     * What a target that was put on the schedule found there.
     *
     * @param isNew whether it may not have been on it before: who took it off just then may have taken off nothing
     * @param hasOutcome whether the schedule carries what some check of it came to
     */
    public record Scheduled(boolean isNew, boolean hasOutcome) {}

    /**
     * Puts a target on the schedule; one that is on it keeps what it has. What is known of it is to be settled
     * afterwards.
     *
     * @param eager when those who watch it want to hear of its certificate's end
     */
    public Scheduled schedule(Target target, EagerMargins eager) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var item = Item.of(pk(target), TARGET)
                .with("target", target.id())
                .with("dueKey", target.id())
                .with(SCHEDULED_AT, now)
                .with("due", Slot.of(target, Cadence.DAILY).key())
                .with(
                        EAGER,
                        Optional.of(eager)
                                .filter(some -> !some.equals(EagerMargins.NONE))
                                .map(Json::write));
        if (table.put(item, Condition.absent())) {
            return new Scheduled(true, false);
        }
        var there = table.get(pk(target), TARGET);
        // When an answer is lost the SDK asks again, and finds what it has written.
        boolean isNew = there.isEmpty()
                || there.flatMap(found -> found.find(SCHEDULED_AT))
                        .filter(now::equals)
                        .isPresent();
        return new Scheduled(isNew, there.flatMap(found -> found.find(LAST)).isPresent());
    }

    /** The same for a target that nobody watches with margins of their own. */
    public Scheduled schedule(Target target) {
        return schedule(target, EagerMargins.NONE);
    }

    /** Whether a target is on the schedule now. */
    public boolean isScheduled(Target target) {
        return table.get(pk(target), TARGET).isPresent();
    }

    /**
     * Has the schedule carry what a check came to that is written down: its outcome, the cadence that follows from it,
     * and what the leaves teach if another one was seen. One write, of a scheduled target; nothing when a later check has
     * been settled.
     *
     * @param leaves all leaves, when the check saw another one than the check before
     */
    public void settle(CheckResult result, Optional<LeafHistory> leaves) {
        var at = Results.sortable(result.checkedAt());
        var set = new HashMap<>(leaves.map(Config::known).orElse(Map.of()));
        set.put("due", Optional.of(slot(result)));
        set.put(LAST, Optional.of(Json.write(Outcome.of(result))));
        set.put(LAST_AT, Optional.of(at));
        if (!table.update(pk(result.target()), TARGET, set, Condition.presentAndAtMost(LAST_AT, at))) {
            leaves.ifPresent(history -> remember(result.target(), history));
        }
    }

    /**
     * Whether settling this result would change nothing that matters: the schedule has its outcome already, or one of a
     * later check, or does not have the target. A fifth of the price of finding that out by a write.
     */
    public boolean isSettled(CheckResult result) {
        return table.get(pk(result.target()), TARGET)
                .map(item -> isSettled(item, result))
                .orElse(true);
    }

    private static boolean isSettled(Item item, CheckResult result) {
        var at = Results.sortable(result.checkedAt());
        var settledAt = item.find(LAST_AT).orElse("");
        if (settledAt.compareTo(at) >= 0) {
            return settledAt.compareTo(at) > 0 || item.get("due").equals(slot(result));
        }
        // Of what is well, it does not matter when that was written down; what is not, be it to one owner only, is
        // written down once a day.
        return result.status() == Status.OK
                && eager(item).filter(margins -> margins.areReached(result)).isEmpty()
                && item.get("due").equals(slot(result))
                && item.find(LAST)
                        .map(text -> Json.read(Outcome.class, text))
                        .filter(Outcome.of(result)::isLike)
                        .isPresent();
    }

    /** Forgets what that check came to, since it could not be written down: the next one is to be. */
    public void unsettle(CheckResult result) {
        table.update(
                pk(result.target()),
                TARGET,
                Map.of(LAST, Optional.empty(), LAST_AT, Optional.empty()),
                Condition.equal(LAST_AT, Results.sortable(result.checkedAt())));
    }

    /**
     * Has the schedule carry when those who watch a target want to hear of its certificate's end.
     *
     * @return whether that is news
     */
    boolean putEager(Target target, EagerMargins eager) {
        return eager.equals(EagerMargins.NONE)
                ? table.update(pk(target), TARGET, Map.of(EAGER, Optional.empty()), Condition.presentWith(EAGER))
                : table.update(
                        pk(target),
                        TARGET,
                        Map.of(EAGER, Optional.of(Json.write(eager))),
                        Condition.presentAndNot(EAGER, Json.write(eager)));
    }

    /** When those who watch a scheduled target want to hear of its certificate's end, as the schedule has it. */
    EagerMargins eager(Target target) {
        return table.get(pk(target), TARGET).flatMap(Config::eager).orElse(EagerMargins.NONE);
    }

    /** Takes a target off the schedule. */
    public void unschedule(Target target) {
        table.delete(pk(target), TARGET);
    }

    /**
     * Marks a scheduled target as having an open incident, so that the schedule asks for good results too. Set before
     * the incident is opened: a mark without an incident costs one message, an incident without a mark would stay open.
     */
    public void markIncident(Target target, String incident) {
        table.update(
                pk(target),
                TARGET,
                Map.of(INCIDENT, Optional.of(incident)),
                Condition.presentAndNot(INCIDENT, incident));
    }

    /** Takes the mark of a scheduled target away. */
    public void clearIncident(Target target) {
        table.update(pk(target), TARGET, Map.of(INCIDENT, Optional.empty()), Condition.presentWith(INCIDENT));
    }

    /**
     * Has the schedule carry what a target's leaves teach to its next checks, when no result is to be settled with it;
     * unless what is there comes from later checks.
     */
    public void remember(Target target, LeafHistory leaves) {
        leaves.seenLast().ifPresent(last -> remember(target, Known.of(leaves), last.lastSeen()));
    }

    private void remember(Target target, Known known, Instant at) {
        var set = known(known, at);
        table.update(pk(target), TARGET, set, Condition.presentAndAtMost(KNOWN_AT, Results.sortable(at)));
    }

    /**
     * What a slot holds, in the order of the targets' ids, read page by page as it is consumed: a slot may hold more
     * than memory does.
     */
    public Stream<RecheckDue.Due> dueInOrder(Slot slot) {
        return table.readIndex(DUE_INDEX, "due", slot.key()).map(Config::due);
    }

    /** What the schedule has of these targets, as far as they are on it, whenever they are due. */
    public List<RecheckDue.Due> scheduled(Collection<Target> targets) {
        return table.getAll(targets.stream().map(Config::pk).toList(), TARGET).stream()
                .map(Config::due)
                .toList();
    }

    /**
     * Since when, in whole seconds, these targets have been on the schedule without a break, as far as they are on it. Of
     * one that was put on it before that was written down, since ever.
     */
    public Map<Target, Instant> scheduledAt(Collection<Target> targets) {
        return table.getAll(targets.stream().map(Config::pk).toList(), TARGET).stream()
                .collect(Collectors.toMap(
                        item -> Target.ofId(item.get("target")),
                        item -> item.find(SCHEDULED_AT).map(Instant::parse).orElse(Instant.EPOCH)));
    }

    private static RecheckDue.Due due(Item item) {
        return new RecheckDue.Due(
                Target.ofId(item.get("target")),
                item.find(INCIDENT).isPresent(),
                item.find(KNOWN).map(text -> Json.read(Known.class, text)),
                item.find(LAST).map(text -> Json.read(Outcome.class, text)),
                eager(item));
    }

    private static Optional<EagerMargins> eager(Item item) {
        return item.find(EAGER).map(text -> Json.read(EagerMargins.class, text));
    }

    /** What leaves teach, and the check that it comes from; nothing of no leaves. */
    private static Map<String, Optional<String>> known(LeafHistory leaves) {
        return leaves.seenLast()
                .map(last -> known(Known.of(leaves), last.lastSeen()))
                .orElse(Map.of());
    }

    private static Map<String, Optional<String>> known(Known known, Instant at) {
        return Map.of(
                KNOWN,
                Optional.of(known).filter(some -> !some.equals(Known.NOTHING)).map(Json::write),
                KNOWN_AT,
                Optional.of(Results.sortable(at)));
    }

    private static String slot(CheckResult result) {
        return Slot.of(result.target(), Cadence.of(result)).key();
    }

    static String pk(Target target) {
        return "TARGET#" + target.id();
    }
}
