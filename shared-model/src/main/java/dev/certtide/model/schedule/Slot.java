package dev.certtide.model.schedule;

import dev.certtide.model.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The minute of its cadence in which a target is checked. A target keeps its slot for life, so that what is due in a
 * minute is one query per cadence and a check writes no schedule.
 *
 * @param cadence how often
 * @param minute 0 up to the cadence's minutes
 */
public record Slot(Cadence cadence, int minute) {
    /** A stable slot, spread evenly over the cadence. */
    public static Slot of(Target target, Cadence cadence) {
        var hash = new CRC32();
        hash.update(target.id().getBytes(StandardCharsets.UTF_8));
        return new Slot(cadence, (int) (hash.getValue() % cadence.minutes()));
    }

    /** The slots whose turn it is in the minute of {@code now}, one for each cadence. */
    public static List<Slot> dueAt(Instant now) {
        var minute = Math.floorDiv(now.getEpochSecond(), 60);
        return Arrays.stream(Cadence.values())
                .map(cadence -> new Slot(cadence, (int) Math.floorMod(minute, (long) cadence.minutes())))
                .toList();
    }

    /** The partition key of the index {@code due}, for example {@code daily#1003}. */
    public String key() {
        return cadence.word() + "#" + minute;
    }
}
