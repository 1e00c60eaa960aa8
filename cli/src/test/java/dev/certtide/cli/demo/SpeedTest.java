package dev.certtide.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.model.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {
    @ParameterizedTest
    @CsvSource({"1d/s, P1D, P1D", "6h/s, PT6H, PT6H", "7d/s, P7D, P1D"})
    void aSpeedIsSoMuchTimeInASecond(String text, Duration perSecond, Duration leap) {
        assertEquals(perSecond, Speed.parse(text).perSecond());
        assertEquals(leap, Speed.parse(text).leap());
        assertEquals(Duration.ofSeconds(1), Speed.parse(text).pause(perSecond));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1d", "fast", "1d/m", "-1d/s", "0d/s", "59m/s", "8d/s", "/s"})
    void anythingElseIsRefused(String text) {
        assertEquals(
                "--speed",
                assertThrows(InvalidInputException.class, () -> Speed.parse(text))
                        .field());
    }
}
