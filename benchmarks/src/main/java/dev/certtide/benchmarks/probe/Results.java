package dev.certtide.benchmarks.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of every setting, in the order in which they were run. */
final class Results {
    private final Map<Setting, List<Round>> rounds = new LinkedHashMap<>();

    private final Map<Setting, List<Around>> around = new HashMap<>();

    /**
     * What else went on while a round ran, as shares of a core's time.
     *
     * @param serverBusy of its core, what the server had
     * @param stolen of the client's core, what the machine was not given by whatever it runs on ("steal" in {@code
     *     /proc/stat})
     */
    record Around(double serverBusy, double stolen) {}

    void addAround(Setting setting, Around round) {
        around.computeIfAbsent(setting, _ -> new ArrayList<>()).add(round);
    }

    /** A value of what went on around every round. */
    Spread spreadAround(Setting setting, ToDoubleFunction<Around> value) {
        return Spread.of(around.get(setting).stream().mapToDouble(value).toArray());
    }

    void add(Setting setting, Round round) {
        rounds.computeIfAbsent(setting, _ -> new ArrayList<>()).add(round);
    }

    boolean has(Setting setting) {
        return rounds.containsKey(setting);
    }

    /** A value of every round. */
    Spread spread(Setting setting, ToDoubleFunction<Round> value) {
        return Spread.of(rounds.get(setting).stream().mapToDouble(value).toArray());
    }

    /** One setting's CPU time per check in the other's, round by round, since the machine's mood is shared. */
    Spread ratio(Setting setting, Setting other) {
        List<Round> ours = rounds.get(setting);
        List<Round> theirs = rounds.get(other);
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).cpuMillisPerCheck() / theirs.get(i).cpuMillisPerCheck();
        }
        return Spread.of(ratios);
    }

    /** How many checks of all did not end well. */
    long failures() {
        return rounds.values().stream()
                .flatMap(List::stream)
                .mapToLong(Round::failures)
                .sum();
    }
}
