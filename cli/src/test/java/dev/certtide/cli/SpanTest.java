package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "P12D, in 12 days",
        "P1D, in 1 day",
        "PT23H59M, in 23 hours",
        "PT1H, in 1 hour",
        "PT59M59S, in 59 minutes",
        "PT0S, in less than a minute",
        "PT-1M, 1 minute ago",
        "P-3D, 3 days ago",
        "P729D, in 729 days",
        "P1095D, in 3 years"
    })
    void aDistanceIsToldInTheLargestUnitThatFits(Duration distance, String words) {
        assertEquals(words, Span.distance(NOW, NOW.plus(distance)));
    }
}
