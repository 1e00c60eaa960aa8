package dev.certtide.model.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventTest {
    private static final EventType[] EXPECTED = {EventType.SSL_CHECKED, EventType.SSL_UNCHANGED};

    @Test
    void theTypeIsToldBeforeTheDataAreRead() {
        assertEquals(
                EventType.SSL_CHECKED, CloudEvent.typeOf(" [{\"type\": \"dev.certtide.ssl.checked.v1\"}]", EXPECTED));
        assertEquals(
                EventType.SSL_UNCHANGED,
                CloudEvent.typeOf("{\"type\": \"dev.certtide.ssl.unchanged.v1\", \"data\": 7}", EXPECTED));
        assertEquals(
                EventType.SSL_UNCHANGED,
                CloudEvent.typeOf(
                        CloudEvent.writeBatch(
                                SslUnchanged.class,
                                List.of(Examples.event(EventType.SSL_UNCHANGED, Examples.unchanged()))),
                        EXPECTED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"dev.certtide.ssl.checked.v2\"}|type|is not known here",
                "[{\"type\": \"dev.certtide.ssl.checked.v2\"}]|[0].type|is not known here",
                "[{\"type\": \"dev.certtide.ssl.checked.v1\"}, {\"type\": \"dev.certtide.ssl.unchanged.v1\"}]|[1].type|is another",
                "{\"id\": \"7\"}|type|is missing",
                "{\"type\": null}|type|is missing",
                "[null]|[0].type|is missing",
                "[]|``|is an empty batch",
            })
    void anEventThatNobodyHereUnderstandsIsRefusedByItsType(String text, String field, String complaint) {
        var refused = assertThrows(InvalidInputException.class, () -> CloudEvent.typeOf(text, EXPECTED));

        assertEquals(field, refused.field());
        assertTrue(refused.getMessage().contains(complaint), refused.getMessage());
    }

    @Test
    void theReasonSaysWhatWouldBeUnderstood() {
        var refused = assertThrows(
                InvalidInputException.class,
                () -> CloudEvent.typeOf("{\"type\": \"dev.certtide.ssl.checked.v2\"}", EventType.SSL_CHECKED));

        assertEquals("type: is not known here; expected dev.certtide.ssl.checked.v1", refused.getMessage());
    }
}
