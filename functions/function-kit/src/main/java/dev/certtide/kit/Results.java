package dev.certtide.kit;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Target;
import dev.certtide.model.history.CertificateChange;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table {@code Results}: the latest result of each target, and how it came there.
 *
 * <p>{@code docs/contracts/tables.md} describes the layout; backends may read it directly.
 */
public final class Results {
    private static final String LATEST = "LATEST";
    private static final String HISTORY = "HISTORY#";
    private static final String CHECKED_AT = "checkedAt";
    private static final String LEAF_SHA_256 = "leafSha256";
    private static final String LEAF_SINCE = "leafSince";
    private static final String FIRST = "first";
    private static final String CHANGES = "changes";
    private static final String CHANGES_IN_WORDS = "changesInWords";

    /** Each try fails only because somebody else's write succeeded. */
    private static final int MOST_TRIES = 20;

    private final Table table;
    private final Leaves leaves;
    private final Runs runs;

    /** Results in that table. */
    public Results(Table table) {
        this.table = table;
        this.leaves = new Leaves(table);
        this.runs = new Runs(table);
    }

    /** The schedule, as it is asked and told while a result is kept. */
    public interface Schedule {
        /** Since when a target has been on it, if it is: of the time before, the runs of its slot do not tell. */
        Optional<Instant> scheduledAt(Target target);

        /**
         * Is told what keeping a result comes to, before it becomes the latest, or after it if it is the first: after a
         * crash, and when another one becomes the latest meanwhile, it is told again.
         */
        void settle(Keeping keeping);
    }

    /**
     * What keeping a result comes to.
     *
     * @param isLate whether a newer result is the latest
     * @param isNews whether it is the first, or differs from the latest in status, findings or leaf
     * @param leaves the target's leaves, if the result saw another one than the latest, or none
     */
    public record Keeping(boolean isLate, boolean isNews, Optional<LeafHistory> leaves) {}

    /**
     * Keeps a result as the target's latest unless a newer one is there, adds it to the history when it differs from the
     * one before, and the leaf to the target's leaves when it is another, or is gone. Keeping the same result again
     * changes nothing and finishes what a crash has left undone. A result that comes late adds to the leaves only.
     *
     * @return whether no newer one is there
     * @throws IllegalStateException when others write so fast that the message had better come back
     */
    public boolean keep(CheckResult result, Schedule schedule) {
        return keep(result, schedule, table.get(pk(result.target()), LATEST));
    }

    /**
     * The same for a target that seems to have no result yet ({@link #withoutResult}): what is not there need not be
     * read. If there is one after all, a write is refused, and then it is read.
     */
    public boolean keepFirst(CheckResult result, Schedule schedule) {
        return keep(result, schedule, Optional.empty());
    }

    /**
     * Those of these targets that seem to have no result yet, asked for by the hundred and at half the price of asking
     * for each; what was written just now may be missed.
     */
    public Set<Target> withoutResult(Collection<Target> targets) {
        var checked = table.getAll(targets.stream().map(Results::pk).toList(), LATEST).stream()
                .map(item -> Target.ofId(item.get("target")))
                .collect(Collectors.toSet());
        return targets.stream().filter(target -> !checked.contains(target)).collect(Collectors.toSet());
    }

    private boolean keep(CheckResult result, Schedule schedule, Optional<Item> seen) {
        var before = seen;
        for (int i = 0; i < MOST_TRIES; i++) {
            var isKept = before.map(latest -> keepAfter(latest, result, schedule))
                    .orElseGet(() -> keepAsFirst(result, schedule) ? Optional.of(true) : Optional.empty());
            if (isKept.isPresent()) {
                return isKept.get();
            }
            before = table.get(pk(result.target()), LATEST);
        }
        throw new IllegalStateException("The results of " + result.target() + " are being written by many at once");
    }

    /**
     * The first one is written before the schedule is told. Who puts its target there, maybe at the same time, looks for
     * results afterwards: so one of the two sees the other. After a crash in between the repetition tells the schedule.
     */
    private boolean keepAsFirst(CheckResult result, Schedule schedule) {
        var item = item(result, LATEST)
                .with(LEAF_SINCE, leafSince(Optional.empty(), result))
                .with(FIRST, "yes");
        boolean isFirst = table.put(item, Condition.absent());
        if (isFirst) {
            schedule.settle(new Keeping(false, true, Optional.empty()));
        }
        return isFirst;
    }

    /** Whether no newer one is there; nothing when another one has become the latest meanwhile. */
    private Optional<Boolean> keepAfter(Item latest, CheckResult result, Schedule schedule) {
        boolean isLate = latest.get(CHECKED_AT).compareTo(sortable(result.checkedAt())) > 0;
        var item = keepBeside(result, latest, isLate, schedule);
        // What was read decides what comes into the history: if another one is the latest now, all of it anew.
        return isLate || table.put(item, Condition.equal(CHECKED_AT, latest.get(CHECKED_AT)))
                ? Optional.of(!isLate)
                : Optional.empty();
    }

    /** Keeps what is to be kept besides the latest result, and returns the item of that. */
    private Item keepBeside(CheckResult result, Item before, boolean isLate, Schedule schedule) {
        var item = item(result, LATEST).with(LEAF_SINCE, leafSince(Optional.of(before), result));
        boolean isNews = !gist(before).equals(gist(item));
        var sightBefore = Optional.of(before)
                .filter(latest -> !hasSightOf(latest, result))
                .map(latest ->
                        sight(latest, isLate ? CheckResult::checkedAt : last -> lastChecked(last, result, schedule)));
        // First the history, whose key makes a repetition harmless: after a crash the retry finds the old latest still.
        boolean isAgain = before.get(CHECKED_AT).equals(item.get(CHECKED_AT));
        if (!isLate && !isAgain && before.find(FIRST).isPresent()) {
            addFirstToHistory(before);
        }
        var seen = sightBefore.map(_ -> leaves.read(result.target()));
        if (!isLate && isNews) {
            addToHistory(result, sightBefore, seen.map(Leaves.Seen::history).orElse(LeafHistory.NONE));
        }
        var history = sightBefore.flatMap(sight -> seen.map(leavesBefore ->
                leaves.add(leavesBefore, known -> sight.addTo(known).with(result.newestLeaf(), result.checkedAt()))));
        schedule.settle(new Keeping(isLate, isNews, history));
        return isAgain ? item.with(FIRST, before.find(FIRST)) : item;
    }

    /** The first result comes into the history when it ceases to be the latest: most never do, and it costs as much. */
    private void addFirstToHistory(Item first) {
        table.put(historyOf(Json.read(CheckResult.class, first.get("result"))), Condition.absent());
    }

    private void addToHistory(CheckResult result, Optional<Sight> sightBefore, LeafHistory leavesBefore) {
        var changes = sightBefore
                .flatMap(sight -> result.newestLeaf()
                        .map(leaf -> sight.addTo(leavesBefore).changesTo(leaf)))
                .orElse(List.of());
        table.put(
                historyOf(result)
                        .with(CHANGES, joined(changes, CertificateChange::code, ","))
                        .with(CHANGES_IN_WORDS, joined(changes, CertificateChange::words, " ")),
                Condition.absent());
    }

    private static Item historyOf(CheckResult result) {
        return item(result, HISTORY + sortable(result.checkedAt()));
    }

    /** The leaves that a target has served; none as long as every check saw the same one. */
    public LeafHistory leaves(Target target) {
        return leaves.of(target);
    }

    /** The latest result, if the target was ever checked. */
    public Optional<CheckResult> latest(Target target) {
        return table.get(pk(target), LATEST).map(item -> Json.read(CheckResult.class, item.get("result")));
    }

    private static Item item(CheckResult result, String sk) {
        return Item.of(pk(result.target()), sk)
                .with("target", result.target().id())
                .with(CHECKED_AT, sortable(result.checkedAt()))
                .with("status", result.status().word())
                .with(
                        "findings",
                        result.verdict().codes().stream().map(FindingCode::code).collect(Collectors.joining(",")))
                .with("notAfter", result.newestLeaf().map(leaf -> leaf.notAfter()
                        .toString()))
                .with(LEAF_SHA_256, leafSha256(result))
                .with("result", Json.write(result));
    }

    /** What makes a difference between two results. */
    private static String gist(Item item) {
        return item.get("status") + " " + item.get("findings") + " "
                + item.find(LEAF_SHA_256).orElse("");
    }

    private static Optional<String> leafSha256(CheckResult result) {
        return result.newestLeaf().map(CertificateReport::sha256);
    }

    /** Whether the latest result says already that this leaf was seen then. */
    private static boolean hasSightOf(Item latest, CheckResult result) {
        var since = latest.find(LEAF_SINCE).orElse(latest.get(CHECKED_AT));
        return latest.find(LEAF_SHA_256).equals(leafSha256(result))
                && (result.newestLeaf().isEmpty() || since.compareTo(sortable(result.checkedAt())) <= 0);
    }

    /** Since when this leaf is seen without a break. */
    private static Optional<String> leafSince(Optional<Item> before, CheckResult result) {
        var since = before.filter(latest -> latest.find(LEAF_SHA_256).equals(leafSha256(result)))
                .flatMap(latest -> latest.find(LEAF_SINCE));
        return leafSha256(result).map(_ -> since.orElse(sortable(result.checkedAt())));
    }

    /**
     * What checks saw one after the other: a leaf, or none.
     *
     * @param since the first of them
     * @param until the last of them
     */
    private record Sight(Optional<CertificateReport> leaf, Instant since, Instant until) {
        LeafHistory addTo(LeafHistory history) {
            return leaf.map(seen -> history.with(seen, since, until)).orElse(history);
        }
    }

    /** Checks that see what the one before saw are not written to the leaves: the latest result says since when. */
    private static Sight sight(Item latest, Function<CheckResult, Instant> until) {
        var result = Json.read(CheckResult.class, latest.get("result"));
        var since = latest.find(LEAF_SINCE).map(Instant::parse).orElse(result.checkedAt());
        return new Sight(result.newestLeaf(), since, until.apply(result));
    }

    private Instant lastChecked(CheckResult latest, CheckResult next, Schedule schedule) {
        return runs.lastChecked(latest, schedule.scheduledAt(next.target()), next.checkedAt());
    }

    private static Optional<String> joined(
            List<CertificateChange> changes, Function<CertificateChange, String> text, String between) {
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(changes.stream().map(text).collect(Collectors.joining(between)));
    }

    /** ISO 8601 with all nine digits: without them, texts would not sort by time. */
    public static String sortable(Instant instant) {
        return "%s.%09dZ".formatted(instant.toString().substring(0, 19), instant.getNano());
    }

    private static String pk(Target target) {
        return "TARGET#" + target.id();
    }
}
