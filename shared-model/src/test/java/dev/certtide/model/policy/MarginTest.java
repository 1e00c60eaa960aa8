package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginTest {
    /** What is written, the hours of a lifetime, and how many of them are left then. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            25%              | 2160 | 540
            25%              | 160  | 40
            1%               | 100  | 1
            100%             | 160  | 160
            30d              | 2160 | 720
            30d              | 160  | 720
            36h              | 2160 | 36
            25%, at most 30d | 2160 | 540
            25%, at most 30d | 9552 | 720
            25%,at most 30d  | 160  | 40
            """)
    void aMarginIsATimeOrAShareOrTheLessOfBoth(String text, long lifetime, long left) {
        assertEquals(Duration.ofHours(left), Margin.parse(text).of(Duration.ofHours(lifetime)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0%",
                "101%",
                "%",
                "1000%",
                "-5%",
                "2.5%",
                "0d",
                "30",
                "d",
                "30w",
                "3651d",
                "9999999d",
                "",
                "25% at most 30d",
                "30d, at most 25%",
                "25%, at most 30d, at most 3d",
                "25%, at most ",
                "२५%"
            })
    void whatIsNoMarginIsRefused(String text) {
        assertThrows(InvalidInputException.class, () -> Margin.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            24h               | 1d
            90m               | 90m
            120m              | 2h
            007%              | 7%
            25%,  at most 48h | 25%, at most 2d
            """)
    void aMarginIsWrittenInItsLargestUnit(String text, String written) {
        assertEquals(written, Margin.parse(text).toString());
        assertEquals(Margin.parse(text), Margin.parse(written));
    }

    @Test
    void anIntervalIsOfWholeMinutes() {
        assertThrows(InvalidInputException.class, () -> new Interval(Duration.ofSeconds(90)));
        assertThrows(InvalidInputException.class, () -> new Interval(Duration.ZERO));
        assertThrows(InvalidInputException.class, () -> new Interval(Duration.ofDays(3_651)));
        assertEquals(new Interval(Duration.ofMinutes(45)), Interval.parse("90m").half());
    }

    /** Warning, and how many hours before the end of 90 days it is critical, nothing being said of that. */
    @ParameterizedTest
    @CsvSource({"30d,168", "14d,168", "3d,36", "1d,12", "25%,168", "10%,108", "1%,21", "1m,0"})
    void withAWarningAloneCriticalIsLaterThanIt(String warning, long hours) {
        var policy = Policy.parse("{\"warning\": \"" + warning + "\"}");
        var lifetime = Duration.ofDays(90);

        assertEquals(hours, policy.criticalMargin().of(lifetime).toHours());
        assertTrue(policy.criticalMargin()
                        .of(lifetime)
                        .compareTo(policy.warningMargin().of(lifetime))
                <= 0);
    }
}
