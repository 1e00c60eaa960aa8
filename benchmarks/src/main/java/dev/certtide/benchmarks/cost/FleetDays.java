package dev.certtide.benchmarks.cost;

import dev.certtide.model.schedule.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A simulated day of fleets of up to 100 million targets: how even the minutes are, how hot a partition gets, and that
 * none of it grows by target.
 */
public final class FleetDays {
    /** What a target with a renewal habit takes in the index: some 470 bytes with a name of 30 characters. */
    private static final int ITEM_BYTES = 600;

    private static final int[] FLEETS = {10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    /** Smaller ones vary by chance so much that they would cover the others. */
    private static final int SMALLEST_DRAWN = 1_000_000;

    /** DynamoDB Developer Guide, "Partitions and data distribution": read units a second of one partition. */
    private static final int PARTITION_READ_UNITS = 3_000;

    /** By the mapping of the queue. */
    private static final int MESSAGES_PER_INVOCATION = 10;

    /** How long a thousand targets keep an invocation busy: as long as the slowest of them, and its work besides. */
    private static final int SECONDS_PER_INVOCATION = 5;

    private FleetDays() {}

    /** Arguments: a folder for the plot (none), the largest fleet (100,000,000). */
    public static void main(String... arguments) throws IOException {
        int largest = arguments.length > 1 ? Integer.parseInt(arguments[1]) : FLEETS[FLEETS.length - 1];
        System.out.printf("%d parts per minute and cadence, %d bytes per target%n%n", Slot.PARTS, ITEM_BYTES);
        System.out.println("| targets | checks a day | in a minute: mean | least | most | queries a minute | messages a"
                + " minute | targets per message | read units per target | hottest partition: targets | read in, s |"
                + " invocations at once |");
        System.out.println("| ---: ".repeat(12) + "|");
        var shares = new LinkedHashMap<String, double[]>();
        for (int targets : FLEETS) {
            if (targets <= largest) {
                var day = FleetDay.of(targets, ITEM_BYTES);
                System.out.println(row(targets, day));
                if (targets >= SMALLEST_DRAWN) {
                    shares.put("%,d targets".formatted(targets), shares(day));
                }
            }
        }
        if (arguments.length > 0) {
            plot(shares, Path.of(arguments[0]));
        }
    }

    private static String row(int targets, FleetDay day) {
        var minutes = Arrays.stream(day.targetsByMinute()).summaryStatistics();
        var queries = Arrays.stream(day.queriesByMinute()).summaryStatistics();
        var messages = Arrays.stream(day.messagesByMinute()).summaryStatistics();
        return "| %,d | %,d | %,.1f | %,d | %,d | %,.0f | %,.0f | %.1f | %.3f | %,d | %.2f | %,.1f |"
                .formatted(
                        targets,
                        minutes.getSum(),
                        minutes.getAverage(),
                        minutes.getMin(),
                        minutes.getMax(),
                        queries.getAverage(),
                        messages.getAverage(),
                        (double) minutes.getSum() / messages.getSum(),
                        day.readUnits() / minutes.getSum(),
                        day.hottestPartition(),
                        day.hottestReadUnits() / PARTITION_READ_UNITS,
                        messages.getAverage() / MESSAGES_PER_INVOCATION * SECONDS_PER_INVOCATION / 60);
    }

    /** Every minute's targets as a multiple of the mean. */
    private static double[] shares(FleetDay day) {
        var minutes = day.targetsByMinute();
        double mean = Arrays.stream(minutes).average().orElseThrow();
        return Arrays.stream(minutes).mapToDouble(count -> count / mean).toArray();
    }

    private static void plot(Map<String, double[]> shares, Path folder) throws IOException {
        Files.createDirectories(folder);
        var plot = new Plot("Targets due in each minute of a day, in multiples of the mean", "minute", "of the mean");
        shares.forEach(plot::line);
        plot.write(folder.resolve("fleet-day.png"));
    }
}
