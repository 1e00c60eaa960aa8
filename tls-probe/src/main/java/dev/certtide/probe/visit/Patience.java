package dev.certtide.probe.visit;

import java.time.Duration;

/** How long an attempt waits for a server that says nothing. */
sealed interface Patience {
    /** For as long as the visit lasts. */
    record Endless() implements Patience {}

    /**
     * So long for each answer.
     *
     * @param each longer than nothing
     */
    record Short(Duration each) implements Patience {}

    /** Whoever answers at all mostly does within a second; a lost packet is sent again within three. */
    Duration LONGEST_DOUBT = Duration.ofSeconds(3);

    /** A quarter of what is left, so that time remains for all that may follow. */
    static Duration untilDoubt(long end) {
        Duration quarter = Duration.ofNanos((end - System.nanoTime()) / 4);
        return quarter.compareTo(LONGEST_DOUBT) < 0 ? max(quarter, Duration.ofMillis(1)) : LONGEST_DOUBT;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
