package dev.certtide.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {
    @ParameterizedTest
    @CsvSource({"1, PT30S", "2, PT1M", "3, PT2M", "8, PT1H4M", "9, PT2H", "30, PT2H", "1000, PT2H"})
    void eachPauseIsTwiceAsLongUpToTwoHours(int count, Duration pause) {
        assertEquals(pause, new Attempt(count, Duration.ZERO).pause(Optional.empty(), false));
    }

    @ParameterizedTest
    @CsvSource({"PT5S, PT30S", "PT30S, PT31S", "PT35S, PT36S", "PT10H, PT10H1S", "P3D, PT11H"})
    void whatTheProviderAsksForIsHeededUpToWhatAQueueCanDo(Duration asked, Duration pause) {
        assertEquals(pause, Samples.FIRST.pause(Optional.of(asked), false));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0})
    void whateverNumberAProviderWritesIsNoReasonToFail(long seconds) {
        var pause = Samples.FIRST.pause(Optional.of(Duration.ofSeconds(seconds)), false);
        assertEquals(seconds > 0 ? Duration.ofHours(11) : Duration.ofSeconds(30), pause);
    }

    /** The queue makes a dead letter without a reason of what was received 40 times. */
    @Test
    void aDayOfFailuresFitsIntoTheAttemptsThatTheQueueAllows() {
        var age = Duration.ZERO;
        int attempts = 1;
        while (!new Attempt(attempts, age).isTheLast(false)) {
            age = age.plus(new Attempt(attempts, age).pause(Optional.empty(), false));
            attempts++;
        }
        assertEquals(20, attempts);
        assertTrue(age.compareTo(Duration.ofHours(24)) >= 0 && age.compareTo(Duration.ofHours(26)) < 0, age.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "PT59M, true, false",
        "PT1H, true, true",
        "PT1H, false, false",
        "PT23H, false, false",
        "PT24H, false, true"
    })
    void whoHasAFallbackIsToldWithinTheHour(Duration age, boolean fallback, boolean last) {
        assertEquals(last, new Attempt(3, age).isTheLast(fallback));
    }

    /** Whatever the channel asks for, the next one is asked within the hour. */
    @ParameterizedTest
    @CsvSource({"PT0S, PT1H", "PT59M, PT1M", "PT59M59.9S, PT1S", "PT10M, PT50M"})
    void whoHasAFallbackWaitsNoLongerThanTheHour(Duration age, Duration pause) {
        assertEquals(pause, new Attempt(1, age).pause(Optional.of(Duration.ofHours(11)), true));
        assertEquals(
                Duration.ofSeconds(30), new Attempt(1, Duration.ZERO).pause(Optional.of(Duration.ofSeconds(5)), true));
    }
}
