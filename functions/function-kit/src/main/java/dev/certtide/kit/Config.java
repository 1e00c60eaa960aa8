package dev.certtide.kit;

import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code Config}: what is watched, for whom, and when it is checked.
 *
 * <p>{@code docs/contracts/tables.md} describes the layout.
 */
public final class Config {
    private static final String DUE_INDEX = "due";
    private static final String TARGET = "TARGET";
    private static final String INCIDENT = "incident";
    private static final String KNOWN = "known";
    private static final String KNOWN_AT = "knownAt";

    private final Table table;

    /** Targets and watches in that table. */
    public Config(Table table) {
        this.table = table;
    }

    /** All watches on a target, paused ones too. */
    public List<Watch> watches(Target target) {
        return Watches.of(table, target);
    }

    /** Puts a target on the schedule of which nothing is known; one that is on it keeps what it has. */
    public boolean schedule(Target target) {
        return schedule(target, LeafHistory.NONE);
    }

    /**
     * Puts a target on the schedule, together with what its leaves teach: in one write, since a crash between two would
     * leave it unknown until the next leaf comes. One that is on the schedule keeps what it has.
     *
     * @return whether it was not on it
     */
    public boolean schedule(Target target, LeafHistory leaves) {
        var last = leaves.seenLast();
        return table.put(
                Item.of(pk(target), TARGET)
                        .with("target", target.id())
                        .with("due", Slot.of(target, Cadence.DAILY).key())
                        .with("dueKey", target.id())
                        .with(KNOWN, last.flatMap(_ -> text(Known.of(leaves))))
                        .with(KNOWN_AT, last.map(leaf -> Results.sortable(leaf.lastSeen()))),
                Condition.absent());
    }

    /** Moves a scheduled target to another cadence; writes nothing when it has it already. */
    public void reschedule(Target target, Cadence cadence) {
        var slot = Slot.of(target, cadence).key();
        table.update(pk(target), TARGET, Map.of("due", Optional.of(slot)), Condition.presentAndNot("due", slot));
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

    /** Takes the mark of that incident away; that of a newer one stays. */
    public void clearIncident(Target target, String incident) {
        table.update(pk(target), TARGET, Map.of(INCIDENT, Optional.empty()), Condition.equal(INCIDENT, incident));
    }

    /**
     * Has the schedule carry what is known of a scheduled target to its next checks, unless what is there comes from
     * later checks.
     *
     * @param at when the last check was that it comes from
     */
    public void remember(Target target, Known known, Instant at) {
        var time = Results.sortable(at);
        table.update(
                pk(target),
                TARGET,
                Map.of(KNOWN, text(known), KNOWN_AT, Optional.of(time)),
                Condition.presentAndAtMost(KNOWN_AT, time));
    }

    /** What a slot holds. */
    public List<RecheckDue.Due> due(Slot slot) {
        return table.queryIndex(DUE_INDEX, "due", slot.key()).stream()
                .map(Config::due)
                .toList();
    }

    /** The same for these targets, as far as they are scheduled, whenever they are due. */
    public List<RecheckDue.Due> scheduled(Collection<Target> targets) {
        return table.getAll(targets.stream().map(Config::pk).toList(), TARGET).stream()
                .map(Config::due)
                .toList();
    }

    private static RecheckDue.Due due(Item item) {
        return new RecheckDue.Due(
                Target.parse(item.get("target")),
                item.find(INCIDENT).isPresent(),
                item.find(KNOWN).map(text -> Json.read(Known.class, text)));
    }

    private static Optional<String> text(Known known) {
        return Optional.of(known).filter(some -> !some.equals(Known.NOTHING)).map(Json::write);
    }

    static String pk(Target target) {
        return "TARGET#" + target.id();
    }
}
