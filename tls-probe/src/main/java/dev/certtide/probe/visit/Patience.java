package dev.certtide.probe.visit;

import java.io.IOException;
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

    /**
     * For as long as the visit lasts; but when nothing at all has come of the hello after a while, something else is tried.
     *
     * @param end of the visit, as {@link System#nanoTime} counts
     * @param meanwhile what to do then
     */
    record Doubtful(long end, Silence meanwhile) implements Patience {}

    /** What to do when a server has been silent for too long. */
    @FunctionalInterface
    interface Silence {
        /**
         * Returns if the server is to be listened to further on: it may only be slow.
         *
         * @throws IOException if it is not worth it any more
         */
        void lasts() throws IOException;
    }

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
