package dev.certtide.model.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.incident.Incident.Answer;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentAnsweredTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** It becomes part of a key, which DynamoDB limits to 1,024 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 201, 100_000})
    void aNameThatIsNoneIsRefused(int length) {
        var refused = assertThrows(
                InvalidInputException.class, () -> answered(Answer.Kind.ACKNOWLEDGED, "ß".repeat(length), null));
        assertEquals(
                "answer.by: must be 1 to 200 characters, none of them a control character", refused.getMessage());
    }

    @Test
    void aNameIsOneLineAndAsLongAsNamesAre() {
        assertThrows(InvalidInputException.class, () -> answered(Answer.Kind.ACKNOWLEDGED, "jane\n", null));
        answered(Answer.Kind.ACKNOWLEDGED, "ß".repeat(200), null);
        answered(Answer.Kind.RESOLVED, null, null);
    }

    @Test
    void aSnoozeWithoutAnEndIsRefused() {
        var refused = assertThrows(InvalidInputException.class, () -> answered(Answer.Kind.SNOOZED, "jane", null));
        assertEquals("answer.until: is missing: a snooze has an end", refused.getMessage());
        answered(Answer.Kind.SNOOZED, "jane", NOON.plusSeconds(60));
    }

    private static IncidentAnswered answered(Answer.Kind kind, String by, Instant until) {
        return new IncidentAnswered(
                new Owner("jane"),
                "target:https://shop.example:443",
                "inc_1",
                new Answer(kind, NOON, Optional.ofNullable(by), Optional.ofNullable(until)));
    }
}
