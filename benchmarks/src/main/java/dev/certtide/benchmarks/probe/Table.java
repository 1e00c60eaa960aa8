package dev.certtide.benchmarks.probe;

import dev.certtide.benchmarks.probe.Setting.Leaves;
import dev.certtide.benchmarks.probe.Setting.Who;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The numbers as a table in Markdown, each beside its target. */
final class Table {
    private static final double NEW_TARGET = 0.5;
    private static final double UNCHANGED_TARGET = 0.25;
    private static final int PER_SECOND_TARGET = 1_000;
    private static final int RESIDENT_TARGET_MIB = 300;

    private final Results results;
    private final List<String> lines = new ArrayList<>();
    private final Set<Missed> missed = new LinkedHashSet<>();

    private Table(Results results) {
        this.results = results;
        lines.add("| | Certtide | Go | openssl s_time | Certtide / Go | target | |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- |");
    }

    /** Checks that cost more than they should. */
    record Missed(Chain chain, Leaves leaves) {}

    /** The share of Go's CPU time that a check may cost. */
    static double target(Leaves leaves) {
        return leaves == Leaves.UNCHANGED ? UNCHANGED_TARGET : NEW_TARGET;
    }

    static Table of(Plan plan, Results results, Map<String, Corpora.Score> scores) {
        Table table = new Table(results);
        table.corpus("x509-limbo core, strict verdict", scores.get("x509-limbo-core"), 8, 1, 10);
        table.corpus("BetterTLS path", scores.get("bettertls-path"), 0, 0, 0);
        table.corpus("CRL", scores.get("crl"), 0, 0, 0);
        table.corpus("PKITS", scores.get("pkits"), 0, 0, 0);
        plan.chains().forEach(chain -> table.cpu("CPU per new check, ms", chain, Leaves.NEW, NEW_TARGET));
        plan.chains().forEach(chain -> table.cpu("the same, intermediate new too", chain, Leaves.FRESH, NEW_TARGET));
        plan.chains()
                .forEach(chain -> table.cpu("CPU per unchanged check, ms", chain, Leaves.UNCHANGED, UNCHANGED_TARGET));
        plan.chains().forEach(table::distant);
        return table;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What cost too much, in the order of the table. */
    List<Missed> missed() {
        return List.copyOf(missed);
    }

    private void corpus(String title, Corpora.Score score, int falseAccepts, int falseRejects, int skipped) {
        String target = falseAccepts + falseRejects == 0
                ? "all"
                : "FA ≤ " + falseAccepts + ", FR ≤ " + falseRejects + ", " + skipped + " skipped";
        if (score == null) {
            row(title, "not present", "", "", "", target, Optional.empty());
            return;
        }
        String reached = score.right() + "/" + score.cases() + "; FA " + score.falseAccepts() + ", FR "
                + score.falseRejects() + ", " + score.skipped() + " skipped";
        boolean met = score.falseAccepts() <= falseAccepts
                && score.falseRejects() <= falseRejects
                && score.skipped() <= skipped;
        row(title, reached, "", "", "", target, Optional.of(met));
    }

    private void cpu(String title, Chain chain, Leaves leaves, double target) {
        Setting ours = Setting.near(Who.CERTTIDE, chain, leaves);
        Setting go = Setting.near(Who.GO, chain, leaves);
        Setting openssl = Setting.near(Who.OPENSSL, chain, leaves);
        Spread ratio = results.ratio(ours, go);
        boolean met = ratio.median() <= target;
        if (!met && leaves != Leaves.FRESH) {
            missed.add(new Missed(chain, leaves));
        }
        row(
                title + ": " + chain.title(),
                millis(ours),
                millis(go),
                results.has(openssl) ? millis(openssl) : "",
                ratio.text(2),
                leaves == Leaves.FRESH ? "" : "≤ " + target + " × Go",
                leaves == Leaves.FRESH ? Optional.empty() : Optional.of(met));
    }

    private String millis(Setting setting) {
        return results.spread(setting, Round::cpuMillisPerCheck).text(3);
    }

    private void distant(Chain chain) {
        Setting ours = Setting.distant(Who.CERTTIDE, chain);
        Setting go = Setting.distant(Who.GO, chain);
        if (!results.has(ours)) {
            return;
        }
        String where = ", one core, " + Plan.ROUND_TRIP_MILLIS + " ms, 1,000 in flight: " + chain.title();
        Spread perSecond = results.spread(ours, Round::checksPerSecond);
        row(
                "new checks/s" + where,
                perSecond.text(0) + ", " + busy(ours),
                results.spread(go, Round::checksPerSecond).text(0) + ", " + busy(go),
                "",
                results.ratio(ours, go).text(2) + " CPU",
                "≥ " + PER_SECOND_TARGET,
                Optional.of(perSecond.median() >= PER_SECOND_TARGET));
        double resident = residentMiB(ours);
        row(
                "most RSS, MB" + where,
                rounded(resident),
                rounded(residentMiB(go)),
                "",
                "",
                "≤ " + RESIDENT_TARGET_MIB,
                Optional.of(resident <= RESIDENT_TARGET_MIB));
    }

    private double residentMiB(Setting setting) {
        return results.spread(setting, Round::residentKiB).most() / 1024;
    }

    private String busy(Setting setting) {
        return "core " + percent(results.spread(setting, Round::busy)) + " busy and "
                + percent(results.spreadAround(setting, Results.Around::stolen)) + " stolen, the server's "
                + percent(results.spreadAround(setting, Results.Around::serverBusy)) + " busy; "
                + rounded(1_000
                        / results.spread(setting, Round::cpuMillisPerCheck).median()) + " per second of CPU";
    }

    private static String percent(Spread shares) {
        return Math.round(100 * shares.median()) + " %";
    }

    private static String rounded(double value) {
        return Long.toString(Math.round(value));
    }

    private void row(
            String title, String ours, String go, String openssl, String ratio, String target, Optional<Boolean> met) {
        String outcome = met.map(reached -> reached ? "met" : "**missed**").orElse("");
        lines.add("| " + String.join(" | ", title, ours, go, openssl, ratio, target, outcome) + " |");
    }
}
