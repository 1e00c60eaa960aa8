package dev.certtide.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueMinutesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:30Z");
    private static final Instant LATEST = Instant.parse("2026-11-22T14:00:30Z");

    @ParameterizedTest
    @CsvSource({
        "hourly#17.0, 2026-11-22T13:17:00Z",
        "hourly#0.3, 2026-11-22T14:00:00Z",
        // Minute 720 of the day.
        "daily#720.2, 2026-11-22T12:00:00Z",
        "daily#600.2, ''",
        "daily#900.2, ''",
        "6-hourly#1.0, 2026-11-22T12:01:00Z",
        "timer#2026-11-22T10:02:00Z.1, 2026-11-22T10:02:00Z",
        "timer#2026-11-26T10:02:00Z.1, ''",
        "timer#2026-11-22T10:00:00Z.1, ''",
        "hourly#17.0 timer#2026-11-22T11:00:00Z.1, 2026-11-22T11:00:00Z",
        "'', ''"
    })
    void theNextStopIsATimersMinuteOrTheLastTurnOfATarget(String dues, String stop) {
        assertEquals(
                Optional.of(stop).filter(text -> !text.isEmpty()).map(Instant::parse),
                DueMinutes.next(Arrays.asList(dues.split(" ")), NOW, LATEST));
    }
}
