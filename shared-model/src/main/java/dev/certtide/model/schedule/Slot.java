package dev.certtide.model.schedule;

import dev.certtide.model.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The minute of its cadence in which a target is checked. A target keeps its slot for life, so that what is due in a
 * minute is a few queries per cadence and a check writes no schedule.
 *
 * @param cadence how often
 * @param minute 0 up to the cadence's minutes
 * @param part 0 up to {@link #PARTS}: a minute's targets are spread over as many partitions of the table, which can be
 *     read and written side by side
 */
public record Slot(Cadence cadence, int minute, int part) {
    /** The parts of each minute. */
    public static final int PARTS = 4;

    /** A stable slot, spread evenly over the cadence. */
    public static Slot of(Target target, Cadence cadence) {
        var hash = new CRC32();
        hash.update(target.id().getBytes(StandardCharsets.UTF_8));
        var minutes = cadence.minutes();
        return new Slot(cadence, (int) (hash.getValue() % minutes), (int) (hash.getValue() / minutes % PARTS));
    }

    /** The slots of a cadence whose turn it is in the minute of {@code now}: every part of one minute. */
    public static List<Slot> dueAt(Instant now, Cadence cadence) {
        var minute = Math.floorDiv(now.getEpochSecond(), 60);
        return IntStream.range(0, PARTS)
                .mapToObj(part -> new Slot(cadence, (int) Math.floorMod(minute, (long) cadence.minutes()), part))
                .toList();
    }

    /** The partition key of the index {@code due}, for example {@code daily#1003.2}. */
    public String key() {
        return cadence.word() + "#" + minute + "." + part;
    }
}
