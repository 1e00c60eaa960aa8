package dev.certtide.benchmarks.cost;

import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Usage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Usage in dollars.
 *
 * @param dollars by charge
 */
record Bill(Map<Charge, Double> dollars) {
    Bill {
        dollars = Collections.unmodifiableMap(new EnumMap<>(dollars));
    }

    /**
     * Usage at these prices, polls that brought nothing left out: this cloud's and AWS's mappings poll differently, see
     * {@link Prices#dollarsOfIdleQueuePerDay}.
     */
    static Bill of(Usage usage, Prices prices) {
        var dollars = new EnumMap<Charge, Double>(Charge.class);
        for (var charge : Charge.values()) {
            var amount =
                    usage.total(charge) - (charge == Charge.SQS_REQUESTS ? usage.total(Charge.SQS_EMPTY_RECEIVES) : 0);
            dollars.put(charge, prices.of(charge, amount));
        }
        return new Bill(dollars);
    }

    double total() {
        return dollars.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    double of(Charge charge) {
        return dollars.getOrDefault(charge, 0.0);
    }

    Bill times(double factor) {
        var product = new EnumMap<Charge, Double>(Charge.class);
        dollars.forEach((charge, amount) -> product.put(charge, amount * factor));
        return new Bill(product);
    }

    Bill plus(Charge charge, double amount) {
        var sum = new EnumMap<Charge, Double>(Charge.class);
        sum.putAll(dollars);
        sum.merge(charge, amount, Double::sum);
        return new Bill(sum);
    }
}
