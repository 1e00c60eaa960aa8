package dev.certtide.recheck;

import dev.certtide.model.schedule.Cadence;
import java.time.Duration;
import java.util.Optional;

/** What comes round minute by minute, each at its own pace. */
enum Lane {
    HOURLY(Cadence.HOURLY),
    SIX_HOURLY(Cadence.SIX_HOURLY),
    DAILY(Cadence.DAILY),
    /** A timer comes once, so that its minute is made up for however long it is past: a month at the most. */
    TIMERS("timer", Duration.ofDays(31), Optional.empty());

    private final String word;
    private final Duration period;
    private final Optional<Cadence> cadence;

    Lane(Cadence cadence) {
        this(cadence.word(), Duration.ofMinutes(cadence.minutes()), Optional.of(cadence));
    }

    Lane(String word, Duration period, Optional<Cadence> cadence) {
        this.word = word;
        this.period = period;
        this.cadence = cadence;
    }

    /** That of the targets that have their turn in it. */
    Optional<Cadence> cadence() {
        return cadence;
    }

    /** The word used in texts. */
    String word() {
        return word;
    }

    /** For how long a turn matters: then the same targets have their next one. */
    Duration period() {
        return period;
    }
}
