package dev.certtide.benchmarks.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where this process uses CPU time, told by whose code runs. Whatever code calls is its own: the AWS SDK, JSON, sockets. */
enum Place {
    PROBE("ssl-checker: visiting and judging (`tls-probe`)", "dev.certtide.probe."),
    CHECKER("ssl-checker: everything else", "dev.certtide.checker."),
    RECHECK("recheck", "dev.certtide.recheck."),
    STATS("ssl-stats", "dev.certtide.stats."),
    QUEUES("SQS's engine", "org.elasticmq.", "org.apache.pekko."),
    LOCAL_CLOUD(
            "the rest of the local cloud: endpoint, topics, mappings, events",
            "dev.certtide.local.",
            "sun.net.httpserver.",
            "jdk.internal.net.http."),
    BENCHMARK("the benchmark: turning the clock, looking at what is written", "dev.certtide.benchmarks."),
    THREADS("threads: scheduling, timers", "java.util.concurrent.", "java.lang.", "jdk.internal.");

    private final String title;
    private final List<String> prefixes;

    Place(String title, String... prefixes) {
        this.title = title;
        this.prefixes = List.of(prefixes);
    }

    String title() {
        return title;
    }

    /**
     * Whose work this is: the innermost frame that says so decides, and the JDK's own only where nobody else's is.
     *
     * @param frames class and method, innermost first
     */
    static Place of(List<String> frames) {
        return frames.stream()
                .flatMap(frame -> owner(frame).stream())
                .findFirst()
                .orElse(THREADS);
    }

    private static Optional<Place> owner(String frame) {
        return Arrays.stream(values())
                .filter(place -> place != THREADS)
                .filter(place -> place.prefixes.stream().anyMatch(frame::startsWith))
                .findFirst();
    }
}
