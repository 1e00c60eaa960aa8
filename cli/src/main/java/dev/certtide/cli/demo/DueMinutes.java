package dev.certtide.cli.demo;

import dev.certtide.model.schedule.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The minutes in which something is due, by what the index {@code due} of the table {@code Config} has. Whoever lets time
 * fly may leap over all others. Pure.
 */
final class DueMinutes {
    private static final Pattern TIMER = Pattern.compile("timer#(.+Z)\\.\\d+");
    private static final Pattern SLOT = Pattern.compile("([a-z0-9-]+)#(\\d+)\\.\\d+");

    private DueMinutes() {}

    /**
     * The first minute after {@code now} that is worth a stop: that of a timer, or of those in which a target is due the
     * last one up to {@code latest}; one check will do where time flies.
     */
    static Optional<Instant> next(Collection<String> dues, Instant now, Instant latest) {
        return dues.stream()
                .flatMap(due -> minute(due, latest))
                .filter(minute -> minute.isAfter(now) && !minute.isAfter(latest))
                .min(Instant::compareTo);
    }

    private static Stream<Instant> minute(String due, Instant latest) {
        var timer = TIMER.matcher(due);
        if (timer.matches()) {
            return Stream.of(Instant.parse(timer.group(1)));
        }
        var slot = SLOT.matcher(due);
        return slot.matches()
                ? Arrays.stream(Cadence.values())
                        .filter(cadence -> cadence.word().equals(slot.group(1)))
                        .map(cadence -> last(Integer.parseInt(slot.group(2)), cadence, latest))
                : Stream.of();
    }

    private static Instant last(int minute, Cadence cadence, Instant latest) {
        var whole = latest.truncatedTo(ChronoUnit.MINUTES);
        long past = Math.floorMod(whole.getEpochSecond() / 60 - minute, (long) cadence.minutes());
        return whole.minus(Duration.ofMinutes(past));
    }
}
