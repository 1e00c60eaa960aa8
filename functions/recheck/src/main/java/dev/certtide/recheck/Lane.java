package dev.certtide.recheck;

import dev.certtide.model.schedule.Cadence;
import java.time.Duration;

/** What comes round minute by minute, each at its own pace. */
enum Lane {
    HOURLY(Cadence.HOURLY),
    SIX_HOURLY(Cadence.SIX_HOURLY),
    DAILY(Cadence.DAILY);

    private final Cadence cadence;

    Lane(Cadence cadence) {
        this.cadence = cadence;
    }

    Cadence cadence() {
        return cadence;
    }

    /** The word used in texts. */
    String word() {
        return cadence.word();
    }

    /** For how long a turn matters: then the same targets have their next one. */
    Duration period() {
        return Duration.ofMinutes(cadence.minutes());
    }
}
