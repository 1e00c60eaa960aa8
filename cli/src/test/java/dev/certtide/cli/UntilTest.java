package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntilTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2d, 2026-11-23T13:00:00Z",
        "4h, 2026-11-21T17:00:00Z",
        "30m, 2026-11-21T13:30:00Z",
        "2026-12-01T08:00:00Z, 2026-12-01T08:00:00Z",
        "2026-12-01T08:00:00+01:00, 2026-12-01T07:00:00Z"
    })
    void aLengthOfTimeAndAnInstantAreUnderstood(String text, Instant until) {
        assertEquals(until, Until.parse(text, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-21T13:00:00Z | is past",
                "2020-01-01T00:00:00Z | is past",
                "401d | is more than 400 days away",
                "2100-01-01T00:00:00Z | is more than 400 days away",
                "tomorrow | must be a length of time such as 4h or 2d",
                "2026-12-01 | must be a length of time such as 4h or 2d",
                "2026-12-01T08:00 | must be a length of time such as 4h or 2d",
                "'' | must be a length of time such as 4h or 2d"
            })
    void anythingElseIsRefused(String text, String complaint) {
        var refusal = assertThrows(InvalidInputException.class, () -> Until.parse(text, NOW));

        assertEquals("--until", refusal.field());
        assertTrue(refusal.problem().startsWith(complaint), refusal.getMessage());
    }
}
