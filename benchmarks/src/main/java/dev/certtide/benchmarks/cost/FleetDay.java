package dev.certtide.benchmarks.cost;

import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A day of a fleet, by the arithmetic of slots: how many targets every minute and every partition of the index has. The
 * slots are those that {@link Slot} gives to as many different names; nothing is assumed to be even.
 */
final class FleetDay {
    static final int MINUTES = Cadence.DAILY.minutes();

    /** Of a thousand targets, those that are seen hourly, since something is wrong with them. */
    private static final int HOURLY = 10;

    /** Those that are seen every six hours, since their certificates live for less than 40 days. */
    private static final int SIX_HOURLY = 20;

    private static final int TARGETS_PER_MESSAGE = 100;
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int READ_UNIT_BYTES = 4096;

    private final int[][] counts;
    private final int itemBytes;

    private FleetDay(int[][] counts, int itemBytes) {
        this.counts = counts;
        this.itemBytes = itemBytes;
    }

    /**
     * The day of so many targets.
     *
     * @param itemBytes what a target takes in the index
     */
    static FleetDay of(int targets, int itemBytes) {
        var counts = IntStream.range(0, targets)
                .parallel()
                .collect(
                        FleetDay::empty,
                        (sums, i) -> {
                            var slot = Slot.of(
                                    new Target(Protocol.HTTPS, "shop-" + i + ".example", Protocol.HTTPS.defaultPort()),
                                    cadence(i));
                            sums[slot.cadence().ordinal()][index(slot)]++;
                        },
                        FleetDay::add);
        return new FleetDay(counts, itemBytes);
    }

    private static Cadence cadence(int number) {
        int of = number % 1000;
        if (of < HOURLY) {
            return Cadence.HOURLY;
        }
        return of < HOURLY + SIX_HOURLY ? Cadence.SIX_HOURLY : Cadence.DAILY;
    }

    /** What every minute of the day has. */
    int[] targetsByMinute() {
        return byMinute(part -> part);
    }

    int[] messagesByMinute() {
        return byMinute(part -> Math.ceilDiv(part, TARGETS_PER_MESSAGE));
    }

    /** One more than the full pages of a part: the last is read to know that it is. Parts without timers as well. */
    int[] queriesByMinute() {
        return Arrays.stream(byMinute(part -> 1 + pages(part)))
                .map(queries -> queries + Slot.PARTS)
                .toArray();
    }

    /** Read units of a whole day. */
    double readUnits() {
        return Arrays.stream(byMinute(part -> Math.max(1, (int) reads(part))))
                        .asLongStream()
                        .map(reads -> reads + Slot.PARTS)
                        .sum()
                / 2.0;
    }

    /** The most targets that one partition holds. */
    int hottestPartition() {
        return Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElseThrow();
    }

    /** Read units that reading it takes. */
    double hottestReadUnits() {
        return reads(hottestPartition()) / 2.0;
    }

    private int[] byMinute(IntUnaryOperator ofPart) {
        return IntStream.range(0, MINUTES)
                .map(minute -> Arrays.stream(Cadence.values())
                        .flatMapToInt(cadence -> IntStream.range(0, Slot.PARTS)
                                .map(part -> counts[cadence.ordinal()][
                                        index(new Slot(cadence, minute % cadence.minutes(), part))]))
                        .map(ofPart)
                        .sum())
                .toArray();
    }

    private int pages(int targets) {
        return (int) ((long) targets * itemBytes / PAGE_BYTES);
    }

    /** Reads of 4 KB, each a unit if it were consistent. */
    private long reads(int targets) {
        return Math.ceilDiv((long) targets * itemBytes, READ_UNIT_BYTES);
    }

    private static int index(Slot slot) {
        return slot.minute() * Slot.PARTS + slot.part();
    }

    private static int[][] empty() {
        return Arrays.stream(Cadence.values())
                .map(cadence -> new int[cadence.minutes() * Slot.PARTS])
                .toArray(int[][]::new);
    }

    private static void add(int[][] sums, int[][] more) {
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums[i].length; j++) {
                sums[i][j] += more[i][j];
            }
        }
    }
}
