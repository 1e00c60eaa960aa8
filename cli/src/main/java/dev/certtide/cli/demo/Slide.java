package dev.certtide.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The story of a certificate that slides to its end, as far as people play a part in it: somebody acknowledges that it is
 * critical, and renews it at the last moment. Pure.
 *
 * @param criticalAt when its owner was told that it is critical
 * @param isAcknowledged whether that was acknowledged
 * @param isRenewed whether there is a new certificate
 * @param isOver whether its owner was told that all is well again
 */
record Slide(Optional<Instant> criticalAt, boolean isAcknowledged, boolean isRenewed, boolean isOver) {
    /** What is left of the certificate at the beginning: all is well, but not for long. */
    static final Duration LEFT = Duration.ofDays(24);

    static final Slide BEGINNING = new Slide(Optional.empty(), false, false, false);

    private static final Duration UNTIL_SEEN = Duration.ofHours(12);
    private static final Duration LAST_MOMENT = Duration.ofDays(2);

    /** What somebody does. */
    enum Deed {
        NOTHING,
        ACKNOWLEDGE,
        RENEW
    }

    /** After its owner was told something: the type of a webhook and its status. */
    Slide told(String type, String status, Instant at) {
        boolean isCritical = status.equals("critical") && criticalAt.isEmpty();
        return new Slide(
                isCritical ? Optional.of(at) : criticalAt,
                isAcknowledged,
                isRenewed,
                isOver || isRenewed && type.endsWith(".recovered"));
    }

    /** What somebody does now. */
    Deed deed(Instant start, Instant now) {
        if (!isAcknowledged
                && criticalAt.filter(at -> !now.isBefore(at.plus(UNTIL_SEEN))).isPresent()) {
            return Deed.ACKNOWLEDGE;
        }
        return !isRenewed && !now.isBefore(start.plus(LEFT).minus(LAST_MOMENT)) ? Deed.RENEW : Deed.NOTHING;
    }

    /** After that was done. */
    Slide after(Deed deed) {
        return new Slide(
                criticalAt, isAcknowledged || deed == Deed.ACKNOWLEDGE, isRenewed || deed == Deed.RENEW, isOver);
    }
}
