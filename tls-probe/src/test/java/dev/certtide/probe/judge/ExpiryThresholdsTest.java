package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

    /** Fixed times hold whatever the lifetime, also where they are longer than it. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            9552, 505, OK
            9552, 504, WARNING
            9552, 73,  WARNING
            9552, 72,  CRITICAL
            1128, 505, OK
            1128, 504, WARNING
            160,  160, WARNING
            160,  72,  CRITICAL
            """)
    void fixedTimesTakeThePlaceOfShares(long lifetimeHours, long leftHours, Status expected) {
        var thresholds = ExpiryThresholds.absolute(Duration.ofDays(21), Duration.ofDays(3));

        assertEquals(expected, level(thresholds, lifetimeHours, leftHours));
    }

    @Test
    void eachLimitCanBeFixedByItself() {
        var warning = ExpiryThresholds.STANDARD.withWarning(Duration.ofDays(60));
        assertEquals(Status.WARNING, level(warning, 4800, 60 * 24));
        assertEquals(Status.CRITICAL, level(warning, 1128, 112), "critical stays a tenth");
        var critical = ExpiryThresholds.STANDARD.withCritical(Duration.ofDays(10));
        assertEquals(Status.CRITICAL, level(critical, 1128, 240));
        assertEquals(Status.WARNING, level(critical, 1128, 282), "the warning stays a quarter");
        var late = ExpiryThresholds.STANDARD.withWarning(Duration.ofDays(3));
        assertEquals(Status.OK, level(late, 4800, 100), "it is not critical before it is a warning");
        var early = ExpiryThresholds.STANDARD.withCritical(Duration.ofDays(45));
        assertEquals(Status.CRITICAL, level(early, 4800, 45 * 24));
    }

    @Test
    void whatIsNotGivenStaysStandard() {
        var days20 = Optional.of(Duration.ofDays(20));
        assertEquals(ExpiryThresholds.STANDARD, ExpiryThresholds.standardBut(Optional.empty(), Optional.empty()));
        assertEquals(
                ExpiryThresholds.STANDARD.withWarning(days20.get()),
                ExpiryThresholds.standardBut(days20, Optional.empty()));
        assertEquals(
                ExpiryThresholds.STANDARD.withCritical(days20.get()),
                ExpiryThresholds.standardBut(Optional.empty(), days20));
        assertEquals(
                ExpiryThresholds.absolute(days20.get(), days20.get()), ExpiryThresholds.standardBut(days20, days20));
    }

    @Test
    void whatIsWrongWithALimitIsSaidByItsName() {
        assertEquals(
                "warning",
                refused(() -> ExpiryThresholds.STANDARD.withWarning(Duration.ZERO))
                        .field());
        assertEquals(
                "critical",
                refused(() -> ExpiryThresholds.STANDARD.withCritical(Duration.ofDays(-1)))
                        .field());
        assertEquals(
                "critical",
                refused(() -> ExpiryThresholds.STANDARD.withCritical(Duration.ofDays(9_999)))
                        .field());
        assertEquals(
                "critical: begins 14 days before the end, earlier than the warning with 10 days; "
                        + "make it at most as long, or the warning longer",
                refused(() -> ExpiryThresholds.absolute(Duration.ofDays(10), Duration.ofDays(14)))
                        .getMessage());
        assertEquals(
                "critical",
                refused(() -> new ExpiryThresholds(Duration.ofDays(30), 0.25, Duration.ofDays(7), Double.NaN))
                        .field());
    }

    @Test
    void daysAreReadAsPeopleWriteThem() {
        assertEquals(Duration.ofDays(21), ExpiryThresholds.days("--warn-days", "21"));
        assertEquals(Duration.ofHours(36), ExpiryThresholds.days("--warn-days", "1.5"));
        for (var wrong : List.of("", "0", "0.0", "-3", "1e9", "9999", "7d", "１", "1.5.2", "\u001b[2J")) {
            assertEquals(
                    "--warn-days",
                    refused(() -> ExpiryThresholds.days("--warn-days", wrong)).field());
        }
    }

    @Property
    void aCertificateGetsWorseAndNeverBetterAsItsEndComesNear(
            @ForAll @IntRange(min = 1, max = 90_000) int lifetimeHours,
            @ForAll @IntRange(min = -100, max = 90_000) int leftHours,
            @ForAll @IntRange(max = 1_000) int later) {
        var before = level(ExpiryThresholds.STANDARD, lifetimeHours, leftHours);
        var after = level(ExpiryThresholds.STANDARD, lifetimeHours, (long) leftHours - later);

        assertTrue(before.compareTo(after) <= 0, before + " and later " + after);
    }

    @Property
    void aNewCertificateIsNeverWarnedOfHoweverShortItsLife(@ForAll @IntRange(min = 1, max = 90_000) int lifetimeHours) {
        assertEquals(Status.OK, level(ExpiryThresholds.STANDARD, lifetimeHours, lifetimeHours * 2L / 3 + 1));
    }

    private static Status level(ExpiryThresholds thresholds, long lifetimeHours, long leftHours) {
        var notBefore = NOT_AFTER.minus(Duration.ofHours(lifetimeHours)).plusSeconds(1);
        return thresholds.level(notBefore, NOT_AFTER, NOT_AFTER.minus(Duration.ofHours(leftHours)));
    }

    private static InvalidInputException refused(Executable making) {
        return assertThrows(InvalidInputException.class, making);
    }
}
