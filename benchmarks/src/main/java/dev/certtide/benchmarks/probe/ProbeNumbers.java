package dev.certtide.benchmarks.probe;

import dev.certtide.benchmarks.probe.Setting.Leaves;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What checks of TLS servers cost and how well they judge, beside Go's and OpenSSL's in the same run: prints a table in
 * Markdown, and the profile of what misses its target. Progress goes to standard error.
 */
public final class ProbeNumbers {
    private ProbeNumbers() {}

    /** Arguments: those of {@link Plan#of}. */
    public static void main(String... arguments) throws IOException {
        Plan plan = Plan.of(arguments);
        Path home = Path.of(System.getProperty("certtide.home"));
        String machine = Machine.description();
        System.err.println("benchmark: judging the corpora");
        Map<String, Corpora.Score> scores = Corpora.scores(home);
        System.err.println("benchmark: issuing " + plan.leaves() + " leaves for each chain");
        try (Yardstick yardstick = Yardstick.build(home.resolve("benchmarks/yardstick"), plan.leaves());
                Laboratory laboratory = new Laboratory(plan, yardstick)) {
            String floor = Floor.measure(Laboratory.CLIENT_CORE, home);
            Results results = laboratory.measure();
            Table table = Table.of(plan, results, scores);
            print(plan, machine, yardstick.versions(), floor, results);
            System.out.println();
            table.lines().forEach(System.out::println);
            for (Table.Missed one : plan.profileAll() ? all(plan) : table.missed()) {
                System.out.printf(
                        "%nWhere a check's CPU time goes: %s, %s%n```%n",
                        one.chain().title(), one.leaves().id());
                laboratory.profile(one.chain(), one.leaves()).forEach(System.out::println);
                System.out.println("```");
            }
        }
    }

    private static List<Table.Missed> all(Plan plan) {
        return plan.chains().stream()
                .flatMap(chain -> Arrays.stream(Leaves.values())
                        .filter(leaves -> leaves != Leaves.FRESH)
                        .map(leaves -> new Table.Missed(chain, leaves)))
                .toList();
    }

    private static void print(Plan plan, String machine, String versions, String floor, Results results) {
        System.out.println("Measured " + LocalDate.now(ZoneOffset.UTC) + " on " + machine + ".");
        System.out.println("Java " + Runtime.version() + " with " + String.join(" ", Laboratory.JVM_FLAGS) + "; "
                + versions + ".");
        System.out.printf(
                "%d rounds of %,d checks, %d in flight; medians, in brackets least and most; %d checks failed.%n",
                plan.rounds(), plan.checks(), Plan.IN_FLIGHT, results.failures());
        System.out.println("The floor, by openssl speed: " + floor + ".");
    }
}
