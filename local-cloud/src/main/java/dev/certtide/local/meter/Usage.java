package dev.certtide.local.meter;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was used.
 *
 * @param amounts by charge and resource: the physical name of a topic, queue, table or function, {@code table/index}
 */
public record Usage(Map<Charge, Map<String, Double>> amounts) {
    public Usage {
        amounts = amounts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
    }

    /** The amount of all resources together, 0 if there was none. */
    public double total(Charge charge) {
        return amounts.getOrDefault(charge, Map.of()).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The amount of one resource, 0 if there was none. */
    public double of(Charge charge, String resource) {
        return amounts.getOrDefault(charge, Map.of()).getOrDefault(resource, 0.0);
    }

    /** What was used since {@code earlier}, a snapshot of the same cloud. */
    public Usage since(Usage earlier) {
        var difference = new TreeMap<Charge, Map<String, Double>>();
        amounts.forEach((charge, byResource) -> byResource.forEach((resource, amount) -> {
            double more = amount - earlier.of(charge, resource);
            if (more != 0) {
                difference.computeIfAbsent(charge, _ -> new TreeMap<>()).put(resource, more);
            }
        }));
        return new Usage(difference);
    }
}
