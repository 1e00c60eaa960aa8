package dev.certtide.kit;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
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
    private static final String WATCH = "WATCH#";
    private static final String INCIDENT = "incident";

    private final Table table;

    /** Targets and watches in that table. */
    public Config(Table table) {
        this.table = table;
    }

    /** One watch, if the owner has one on that target. */
    public Optional<Watch> watch(Target target, Owner owner) {
        return table.get(pk(target), WATCH + owner.id()).map(Config::watch);
    }

    /** All watches on a target, paused ones too. */
    public List<Watch> watches(Target target) {
        return table.query(pk(target), WATCH).stream().map(Config::watch).toList();
    }

    /** Adds or replaces a watch. */
    public void put(Watch watch) {
        table.put(Item.of(pk(watch.target()), WATCH + watch.owner().id()).with("watch", Json.write(watch)));
    }

    /** Removes a watch, if it is there. */
    public void remove(Target target, Owner owner) {
        table.delete(pk(target), WATCH + owner.id());
    }

    /** Puts a target on the schedule; one that is on it keeps its cadence. */
    public void schedule(Target target) {
        var slot = Slot.of(target, Cadence.DAILY);
        table.put(
                Item.of(pk(target), TARGET)
                        .with("target", target.id())
                        .with("due", slot.key())
                        .with("dueKey", target.id()),
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

    /** What a slot holds. */
    public List<RecheckDue.Due> due(Slot slot) {
        return table.queryIndex(DUE_INDEX, "due", slot.key()).stream()
                .map(item -> new RecheckDue.Due(
                        Target.parse(item.get("target")), item.find(INCIDENT).isPresent()))
                .toList();
    }

    private static Watch watch(Item item) {
        return Json.read(Watch.class, item.get("watch"));
    }

    private static String pk(Target target) {
        return "TARGET#" + target.id();
    }
}
