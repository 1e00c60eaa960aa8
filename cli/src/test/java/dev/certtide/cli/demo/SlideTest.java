package dev.certtide.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.cli.demo.Slide.Deed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlideTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void onlyThatItIsCriticalIsAcknowledgedAndThatOnce() {
        var warned = Slide.BEGINNING.told("certificate.incident.opened", "warning", day(2));
        assertEquals(Deed.NOTHING, warned.deed(START, day(16)));

        var critical = warned.told("certificate.incident.changed", "critical", day(17));
        assertEquals(Deed.NOTHING, critical.deed(START, day(17).plus(Duration.ofHours(11))));
        assertEquals(Deed.ACKNOWLEDGE, critical.deed(START, day(18)));
        assertEquals(Deed.NOTHING, critical.after(Deed.ACKNOWLEDGE).deed(START, day(19)));
    }

    @Test
    void theCertificateIsRenewedTwoDaysBeforeItsEndAndItIsOverWhenTheOwnerHeardOfThat() {
        var slide = Slide.BEGINNING
                .told("certificate.incident.changed", "critical", day(17))
                .after(Deed.ACKNOWLEDGE);
        assertEquals(Deed.NOTHING, slide.deed(START, day(21)));
        assertEquals(Deed.RENEW, slide.deed(START, day(22)));

        var renewed = slide.after(Deed.RENEW);
        assertEquals(Deed.NOTHING, renewed.deed(START, day(23)));
        assertFalse(renewed.isOver());
        assertTrue(renewed.told("certificate.incident.recovered", "ok", day(23)).isOver());
    }

    private static Instant day(int days) {
        return START.plus(Duration.ofDays(days));
    }
}
