package dev.certtide.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What simulations came to, none of which broke an invariant.
 *
 * @param seeds how many worlds
 * @param steps events and invocations
 * @param checks of hosts
 * @param faults what went wrong, by kind
 * @param held how often each invariant was held
 * @param told messages, by kind
 */
record Report(
        long seeds, long steps, long checks, Map<String, Long> faults, Map<String, Long> held, Map<String, Long> told) {
    static final Report NOTHING = new Report(0, 0, 0, Map.of(), Map.of(), Map.of());

    Report plus(Report other) {
        return new Report(
                seeds + other.seeds,
                steps + other.steps,
                checks + other.checks,
                sum(faults, other.faults),
                sum(held, other.held),
                sum(told, other.told));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        var sum = new TreeMap<>(one);
        other.forEach((key, n) -> sum.merge(key, n, Long::sum));
        return sum;
    }

    @Override
    public String toString() {
        return """
                seeds   %,d
                steps   %,d
                checks  %,d
                faults injected
                %sinvariants held, and how often
                %smessages told
                %s""".formatted(seeds, steps, checks, table(faults), table(held), table(told));
    }

    private static String table(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> "  %-55s %,12d%n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }
}
