package dev.certtide.kit;

import dev.certtide.model.Fingerprint;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The incidents of the owners in the table {@code Results}: how they stand, which targets take part, what happened and
 * what was decided.
 *
 * <p>{@code docs/contracts/tables.md} describes the layout.
 */
public final class Incidents {
    /** Longer than a certificate may live, so that the story of its last renewal can be told at the next. */
    private static final Duration REMEMBER = Duration.ofDays(400);

    private static final String INCIDENT = "INCIDENT";
    private static final String JSON = "incident";
    private static final String MEMBER = "TARGET#";
    private static final String STEP = "STEP#";
    private static final String DECISION = "DECISION#";
    private static final String OPEN = "OPEN#";
    private static final String PENDING = "pending";

    private final Table table;
    private final JsonItems<Incident> incidents;

    /** Incidents in that table. */
    public Incidents(Table results) {
        this.table = results;
        this.incidents = new JsonItems<>(results, Incident.class, JSON);
    }

    /**
     * Something that happened to an incident.
     *
     * @param incident its id
     * @param at when
     * @param what in words
     */
    public record Step(String incident, Instant at, String what) {}

    /** The newest incident of an owner and a cause, by {@link Cause#id}. */
    public Optional<Incident> find(Owner owner, String cause) {
        return incidents.find(pk(owner, cause), INCIDENT);
    }

    /** The incidents of an owner that are open. */
    public List<Incident> open(Owner owner) {
        return table.query("OWNER#" + owner, OPEN).stream()
                .flatMap(item -> find(owner, item.sk().substring(OPEN.length())).stream())
                .filter(Incident::isOpen)
                .toList();
    }

    /**
     * Puts an incident in the place of the one it was made from.
     *
     * @param before the incident that {@link #find} gave
     * @return false when somebody else was faster; read it again then
     */
    public boolean put(Incident incident, Optional<Incident> before) {
        var listed =
                Item.of("OWNER#" + incident.owner(), OPEN + incident.cause().id());
        if (incident.isOpen()) {
            table.put(listed); // Before: one too many in the list is passed over when it is read.
        }
        var pk = pk(incident.owner(), incident.cause().id());
        boolean written = incidents.replace(pk, INCIDENT, incident, before);
        if (written && incident.isClosed()) {
            table.delete(listed.pk(), listed.sk());
            // Whoever found it closed may have opened the next one, and listed it, before this one's entry was deleted.
            incidents.find(pk, INCIDENT).filter(Incident::isOpen).ifPresent(_ -> table.put(listed));
        }
        return written;
    }

    /** Has a target take part in an incident. */
    public void join(Owner owner, Cause cause, Target target) {
        table.put(Item.of(pk(owner, cause.id()), MEMBER + target.id()));
    }

    /** Has it take part no more. */
    public void leave(Owner owner, Cause cause, Target target) {
        table.delete(pk(owner, cause.id()), MEMBER + target.id());
    }

    /** Whether any target takes part. */
    public boolean hasMembers(Owner owner, Cause cause) {
        return !table.query(pk(owner, cause.id()), MEMBER, 1).isEmpty();
    }

    /** The targets that take part. */
    public List<Target> members(Incident incident) {
        return table.query(pk(incident.owner(), incident.cause().id()), MEMBER).stream()
                .map(item -> Target.ofId(item.sk().substring(MEMBER.length())))
                .toList();
    }

    /** Records that something happened; recording it again changes nothing. */
    public void record(Incident incident, Instant at, String what) {
        table.put(Item.of(pk(incident.owner(), incident.cause().id()), STEP + Results.sortable(at) + "#" + what)
                .with("incident", incident.id())
                .with("at", Results.sortable(at))
                .with("what", what)
                .with("expiresAt", at.plus(REMEMBER).getEpochSecond()));
    }

    /** All that happened to the incidents of an owner and a cause, in the order of time. */
    public List<Step> steps(Owner owner, String cause) {
        return table.query(pk(owner, cause), STEP).stream()
                .map(item -> new Step(item.get("incident"), item.instant("at"), item.get("what")))
                .toList();
    }

    /** Records a decision; recording it again changes nothing. */
    public void record(Incident incident, Decision decision) {
        record(incident, decision, Optional.empty());
    }

    /**
     * Records a decision that is to be carried out now. Until {@link #carriedOut} was called, the ledger says that it may
     * not have been: whoever sees that does it again.
     *
     * @return false when somebody else has decided to tell the same thing already, in this way or another
     */
    public boolean intend(Incident incident, Decision decision) {
        return record(incident, decision, Optional.of("yes")) || isIntended(incident, decision);
    }

    /** The SDK repeats a write whose answer was lost, and is told that it is too late: then nobody else would tell it. */
    private boolean isIntended(Incident incident, Decision decision) {
        return table.get(pk(incident.owner(), incident.cause().id()), sk(incident, decision))
                .filter(item -> item.find(PENDING).isPresent())
                .filter(item -> decision(item).equals(decision))
                .isPresent();
    }

    /** Records that a decision has been carried out. */
    public void carriedOut(Incident incident, Decision decision) {
        table.update(
                pk(incident.owner(), incident.cause().id()),
                sk(incident, decision),
                Map.of(PENDING, Optional.empty()),
                Condition.presentWith(PENDING));
    }

    private boolean record(Incident incident, Decision decision, Optional<String> pending) {
        return table.put(
                Item.of(pk(incident.owner(), incident.cause().id()), sk(incident, decision))
                        .with("decision", Json.write(decision))
                        .with(PENDING, pending)
                        .with("expiresAt", decision.at().plus(REMEMBER).getEpochSecond()),
                Condition.absent());
    }

    private static String sk(Incident incident, Decision decision) {
        // What is told is told once, whatever the rule; what is not may have several reasons one after the other.
        return String.join(
                "#",
                DECISION + incident.id(),
                Integer.toString(decision.round()),
                decision.step(),
                Fingerprint.shortOf(decision.channel().id()),
                decision.isTold() ? "told" : decision.rule());
    }

    /**
     * A decision as it was recorded.
     *
     * @param isPending whether it may not have been carried out
     */
    public record Recorded(Decision decision, boolean isPending) {}

    /** What was decided about one incident, and whether that was done. */
    public List<Recorded> ledger(Incident incident) {
        return items(incident.owner(), incident.cause().id(), incident.id() + "#")
                .map(item -> new Recorded(decision(item), item.find(PENDING).isPresent()))
                .toList();
    }

    /** What was decided about one incident. */
    public List<Decision> decisions(Incident incident) {
        return decisions(incident.owner(), incident.cause().id(), incident.id());
    }

    /** What was decided about all incidents of an owner and a cause. */
    public List<Decision> decisions(Owner owner, String cause) {
        return decisionsBelow(owner, cause, "");
    }

    /** What was decided about one incident, by its id. */
    public List<Decision> decisions(Owner owner, String cause, String incident) {
        return decisionsBelow(owner, cause, incident + "#");
    }

    private List<Decision> decisionsBelow(Owner owner, String cause, String incident) {
        return items(owner, cause, incident).map(Incidents::decision).toList();
    }

    private Stream<Item> items(Owner owner, String cause, String incident) {
        return table.query(pk(owner, cause), DECISION + incident).stream();
    }

    private static Decision decision(Item item) {
        return Json.read(Decision.class, item.get("decision"));
    }

    private static String pk(Owner owner, String cause) {
        return "INCIDENT#" + owner + "#" + cause;
    }
}
