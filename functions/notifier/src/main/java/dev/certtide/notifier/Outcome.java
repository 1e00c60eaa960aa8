package dev.certtide.notifier;

import java.time.Duration;
import java.util.Optional;

/** What came of handing a notification to a channel's provider. Reasons are for people and hold no secrets. */
sealed interface Outcome {
    /** The provider has taken it. */
    record Delivered() implements Outcome {}

    /**
     * The provider wants less.
     *
     * @param after when it may be asked again, if it says so
     */
    record Throttled(String reason, Optional<Duration> after) implements Outcome {}

    /** It may work another time, without anybody doing anything about the channel. */
    record Temporary(String reason) implements Outcome {}

    /**
     * It will not work until somebody changes the channel.
     *
     * @param field what to blame, as a path in the notification, for example {@code channel.url}
     */
    record Permanent(String field, String reason) implements Outcome {}

    /** Taken. */
    static Outcome delivered() {
        return new Delivered();
    }
}
