package dev.certtide.kit;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Incident;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table {@code Results}: the latest result of each target, how it came there, and the incidents.
 *
 * <p>{@code docs/contracts/tables.md} describes the layout; backends may read it directly.
 */
public final class Results {
    private static final String LATEST = "LATEST";
    private static final String HISTORY = "HISTORY#";
    private static final String INCIDENT = "INCIDENT";
    private static final String CHECKED_AT = "checkedAt";

    private final Table table;

    /** Results in that table. */
    public Results(Table table) {
        this.table = table;
    }

    /**
     * Keeps a result as the target's latest unless a newer one is there, and adds it to the history when it differs
     * from the one before. Keeping the same result again changes nothing and finishes what a crash has left undone.
     *
     * @return whether no newer one is there
     */
    public boolean keep(CheckResult result) {
        var item = item(result, LATEST);
        var before = table.get(pk(result.target()), LATEST);
        if (before.filter(latest -> latest.get(CHECKED_AT).compareTo(item.get(CHECKED_AT)) > 0)
                .isPresent()) {
            return false;
        }
        // First the history, whose key makes a repetition harmless: after a crash the retry finds the old latest still.
        if (before.map(Results::gist).filter(gist(item)::equals).isEmpty()) {
            table.put(item(result, HISTORY + item.get(CHECKED_AT)));
        }
        return table.put(item, Condition.absentOrAtMost(CHECKED_AT, item.get(CHECKED_AT)));
    }

    /** The latest result, if the target was ever checked. */
    public Optional<CheckResult> latest(Target target) {
        return table.get(pk(target), LATEST).map(item -> Json.read(CheckResult.class, item.get("result")));
    }

    /** The newest incident of a target, open or resolved. */
    public Optional<Incident> incident(Target target) {
        return table.get(pk(target), INCIDENT).map(item -> Json.read(Incident.class, item.get("incident")));
    }

    /**
     * Puts an incident in the place of the one it was made from.
     *
     * @param before the incident that {@link #incident} gave
     * @return false when somebody else was faster; read it again then
     */
    public boolean put(Incident incident, Optional<Incident> before) {
        var item = Item.of(pk(incident.target()), INCIDENT).with("incident", Json.write(incident));
        return table.put(
                item,
                before.map(old -> Condition.equal("incident", Json.write(old))).orElse(Condition.absent()));
    }

    private static Item item(CheckResult result, String sk) {
        return Item.of(pk(result.target()), sk)
                .with("target", result.target().id())
                .with(CHECKED_AT, sortable(result.checkedAt()))
                .with("status", result.status().word())
                .with(
                        "findings",
                        result.verdict().codes().stream().map(FindingCode::code).collect(Collectors.joining(",")))
                .with("notAfter", result.leaf().map(leaf -> leaf.notAfter().toString()))
                .with("leafSha256", result.leaf().map(CertificateReport::sha256))
                .with("result", Json.write(result));
    }

    /** What makes a difference between two results. */
    private static String gist(Item item) {
        return item.get("status") + " " + item.get("findings") + " "
                + item.find("leafSha256").orElse("");
    }

    /** ISO 8601 with all nine digits: without them, texts would not sort by time. */
    static String sortable(Instant instant) {
        return "%s.%09dZ".formatted(instant.toString().substring(0, 19), instant.getNano());
    }

    private static String pk(Target target) {
        return "TARGET#" + target.id();
    }
}
