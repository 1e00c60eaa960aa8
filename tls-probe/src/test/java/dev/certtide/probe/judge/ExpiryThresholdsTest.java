package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryThresholdsTest {
    private static final Instant NOT_AFTER = Instant.parse("2026-12-31T23:59:59Z");

    /** Lifetimes in hours: ten years, 398, 200, 90 and 47 days, 160 hours; the last three have no days to spare. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            87600, 721,  OK
            87600, 720,  WARNING
            87600, 169,  WARNING
            87600, 168,  CRITICAL
            9552,  721,  OK
            9552,  720,  WARNING
            4800,  721,  OK
            4800,  720,  WARNING
            4800,  168,  CRITICAL
            2160,  541,  OK
            2160,  540,  WARNING
            2160,  169,  WARNING
            2160,  168,  CRITICAL
            1128,  283,  OK
            1128,  282,  WARNING
            1128,  113,  WARNING
            1128,  112,  CRITICAL
            160,   41,   OK
            160,   40,   WARNING
            160,   17,   WARNING
            160,   16,   CRITICAL
            160,   0,    CRITICAL
            160,   -1,   CRITICAL
            """)
    void theLevelDependsOnTheShareOfTheLifetimeThatIsLeft(long lifetimeHours, long leftHours, Status expected) {
        Instant notBefore = NOT_AFTER.minus(Duration.ofHours(lifetimeHours)).plusSeconds(1);
        Instant now = NOT_AFTER.minus(Duration.ofHours(leftHours));

        assertEquals(expected, ExpiryThresholds.STANDARD.level(notBefore, NOT_AFTER, now));
    }
}
