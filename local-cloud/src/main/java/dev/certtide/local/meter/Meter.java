package dev.certtide.local.meter;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** Adds up usage. Thread-safe. */
public final class Meter {
    private static final int REQUEST_BYTES = 64 * 1024;
    private static final int LOG_EVENT_OVERHEAD = 26;

    private final Map<Charge, Map<String, DoubleAdder>> amounts = new ConcurrentHashMap<>();

    /** Adds an amount in the charge's unit. */
    public void add(Charge charge, String resource, double amount) {
        amounts.computeIfAbsent(charge, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(resource, _ -> new DoubleAdder())
                .add(amount);
    }

    /** A request to SNS or SQS with so many bytes of payload. */
    public void request(Charge charge, String resource, long payloadBytes) {
        add(charge, resource, Math.max(1, Math.ceilDiv(payloadBytes, REQUEST_BYTES)));
    }

    /** An invocation of a function. */
    public void invocation(String function, int memoryMegabytes, long nanos) {
        add(Charge.LAMBDA_REQUESTS, function, 1);
        add(Charge.LAMBDA_GB_SECONDS, function, memoryMegabytes / 1024.0 * Math.ceilDiv(nanos, 1_000_000) / 1000.0);
    }

    /** A line of a function's log. */
    public void logged(String function, String line) {
        add(Charge.LOG_BYTES, function, line.getBytes(StandardCharsets.UTF_8).length + LOG_EVENT_OVERHEAD);
    }

    /** What was used until now. */
    public Usage usage() {
        var copy = new TreeMap<Charge, Map<String, Double>>();
        amounts.forEach((charge, byResource) -> {
            var sums = new TreeMap<String, Double>();
            byResource.forEach((resource, sum) -> sums.put(resource, sum.sum()));
            copy.put(charge, sums);
        });
        return new Usage(copy);
    }
}
