package dev.certtide.model.schedule;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import java.time.Duration;

/** How often a target is checked. */
public enum Cadence {
    HOURLY("hourly", 60),
    SIX_HOURLY("6-hourly", 6 * 60),
    DAILY("daily", 24 * 60);

    private final String word;
    private final int minutes;

    Cadence(String word, int minutes) {
        this.word = word;
        this.minutes = minutes;
    }

    /**
     * The slowest cadence that still sees a certificate often enough: every min(24 h, lifetime / 40), so that a
     * certificate is seen about forty times in its life however short that is. What is not well is seen hourly.
     */
    public static Cadence of(Status status, Duration lifetime) {
        var longest = lifetime.dividedBy(40);
        if (status != Status.OK || longest.compareTo(Duration.ofMinutes(SIX_HOURLY.minutes)) < 0) {
            return HOURLY;
        }
        return longest.compareTo(Duration.ofMinutes(DAILY.minutes)) < 0 ? SIX_HOURLY : DAILY;
    }

    /** The cadence of a target whose last check came to that. */
    public static Cadence of(CheckResult result) {
        return of(
                result.status(),
                result.newestLeaf().map(CertificateReport::lifetime).orElse(Duration.ZERO));
    }

    /** The word used in slots and tables. */
    public String word() {
        return word;
    }

    /** The minutes between two checks; also the number of slots. */
    public int minutes() {
        return minutes;
    }
}
