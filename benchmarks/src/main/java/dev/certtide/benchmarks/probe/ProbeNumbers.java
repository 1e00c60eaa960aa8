package dev.certtide.benchmarks.probe;

import dev.certtide.benchmarks.probe.Setting.Leaves;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What checks of TLS servers cost and how well they judge, beside Go's and OpenSSL's in the same run: prints a table in
 * Markdown, and the profile of what misses its target. Progress goes to standard error.
 */
public final class ProbeNumbers {
    private ProbeNumbers() {}

    /** Arguments: those of {@link Plan#of}. */
    public static void main(String... arguments) throws IOException {
        try {
            run(Plan.of(arguments), String.join(" ", arguments));
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("benchmark: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Plan plan, String arguments) throws IOException {
        Path home = Path.of(System.getProperty("certtide.home"));
        String machine = Machine.description();
        try (Yardstick yardstick = Yardstick.build(home.resolve("benchmarks/yardstick"))) {
            System.err.println("benchmark: judging the corpora");
            Map<String, Corpora.Score> scores = Corpora.scores(home);
            System.err.println("benchmark: issuing " + plan.leaves() + " leaves for each chain");
            yardstick.issue(plan.leaves());
            Floor floor = Floor.measure(Laboratory.CLIENT_CORE, home);
            try (Laboratory laboratory = new Laboratory(plan, yardstick)) {
                Results results = laboratory.measure();
                Table table = Table.of(plan, results, scores);
                System.out.println("# What a check costs, and how well it judges\n");
                System.out.println("Printed by `" + ("benchmarks/run.sh ProbeNumbers " + arguments).strip()
                        + "`; [README.md](README.md) says how it is measured.\n");
                printCircumstances(plan, machine, yardstick.versions(), results);
                System.out.println();
                table.lines().forEach(System.out::println);
                System.out.println("\nFA: accepted, and should not be; FR: refused, and should not be.\n");
                System.out.println("- Of Certtide's time per check in the kernel: " + inKernel(plan, results) + ".");
                System.out.println("- The floor, by `openssl speed`: " + floor.text() + ".");
                System.out.println(
                        "- Two operations of X25519 and the server's signature, and the leaf's when it is new, cost"
                                + " by that, of what the target allows for the whole check: "
                                + arithmetic(plan, results, floor)
                                + ".");
                for (Table.Missed one : plan.profileAll() ? all(plan) : table.missed()) {
                    printProfile(one, laboratory.profile(one.chain(), one.leaves()));
                }
            }
        }
    }

    private static void printProfile(Table.Missed one, List<String> lines) {
        System.out.println("\n## Where the CPU time goes: " + one.chain().title() + ", "
                + one.leaves().id() + "\n\n```");
        lines.forEach(System.out::println);
        System.out.println("```");
    }

    private static List<Table.Missed> all(Plan plan) {
        return plan.chains().stream()
                .flatMap(chain -> Arrays.stream(Leaves.values())
                        .filter(leaves -> leaves != Leaves.FRESH)
                        .map(leaves -> new Table.Missed(chain, leaves)))
                .toList();
    }

    /** {@code P-256 unchanged 150 of 148 µs}, and so on. */
    private static String arithmetic(Plan plan, Results results, Floor floor) {
        return plan.chains().stream()
                .flatMap(chain -> Stream.of(Leaves.NEW, Leaves.UNCHANGED).map(leaves -> {
                    double go = results.spread(Setting.near(Setting.Who.GO, chain, leaves), Round::cpuMillisPerCheck)
                            .median();
                    return String.format(
                            Locale.ROOT,
                            "%s %s %.0f of %.0f µs",
                            chain.title(),
                            leaves.id(),
                            floor.of(chain, leaves),
                            1_000 * go * Table.target(leaves));
                }))
                .collect(Collectors.joining(", "));
    }

    private static String inKernel(Plan plan, Results results) {
        return plan.chains().stream()
                        .map(chain -> chain.title() + " "
                                + results.spread(
                                                Setting.near(Setting.Who.CERTTIDE, chain, Leaves.NEW),
                                                Round::systemMillisPerCheck)
                                        .text(3))
                        .collect(Collectors.joining(", "))
                + " ms";
    }

    private static void printCircumstances(Plan plan, String machine, String versions, Results results) {
        List<String> flags = new ArrayList<>(Laboratory.JVM_FLAGS);
        flags.addAll(plan.jvmFlags());
        System.out.println("- Measured " + LocalDate.now(ZoneOffset.UTC) + " on " + machine + ".");
        System.out.println(
                "- Java " + Runtime.version() + " with `" + String.join(" ", flags) + "`; " + versions + ".");
        System.out.printf(
                "- %d rounds of %,d checks, %d in flight; medians, in brackets least and most; %d checks failed.%n",
                plan.rounds(), plan.checks(), Plan.IN_FLIGHT, results.failures());
    }
}
