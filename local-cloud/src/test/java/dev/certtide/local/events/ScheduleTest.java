package dev.certtide.local.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedule expressions by EventBridge's own definition. */
class ScheduleTest {
    private static final Instant SATURDAY = Instant.parse("2026-11-21T12:07:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(1 minute)              | 2026-11-21T12:08:00Z",
                "rate(2 hours)               | 2026-11-21T14:07:00Z",
                "cron(0/15 * ? * MON-FRI *)  | 2026-11-23T00:00:00Z",
                "cron(0 10 * * ? *)          | 2026-11-22T10:00:00Z",
                "cron(15 12 ? * 2 2027)      | 2027-01-04T12:15:00Z",
                "cron(0 8 L * ? *)           | 2026-11-30T08:00:00Z",
                "cron(0 18 ? * 6L *)         | 2026-11-27T18:00:00Z",
                "cron(0 9 ? * 2#1 *)         | 2026-12-07T09:00:00Z",
            })
    void theNextTimeIsKnown(String expression, Instant next) {
        assertEquals(next, Schedule.parse(expression, SATURDAY).next(SATURDAY).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(0 10 * * * *)",
                "cron(0 10 ? * ? *)",
                "cron(60 10 * * ? *)",
                "cron(0 10 * * ?)",
                "rate(1 minutes)",
                "rate(5 minute)",
                "rate(0 minutes)",
                "rate(5 seconds)",
                "every minute"
            })
    void whatEventBridgeWouldRefuseIsRefused(String expression) {
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse(expression, SATURDAY));
    }

    @Test
    void aRateKeepsItsPaceFromWhenTheRuleWasMade() {
        var rate = Schedule.parse("rate(10 minutes)", SATURDAY);
        assertEquals(
                SATURDAY.plusSeconds(1_200),
                rate.next(SATURDAY.plusSeconds(600)).orElseThrow());
        assertEquals(
                SATURDAY.plusSeconds(1_200),
                rate.next(SATURDAY.plusSeconds(1_199)).orElseThrow());
    }
}
