package dev.certtide.recheck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Missed turns as a text, for example {@code daily.2@2026-11-21T10:05:00Z+120}: the third part of each of the 120 minutes
 * from 10:05 on. Runs are parted by spaces.
 */
final class BacklogText {
    private BacklogText() {}

    /**
     * One part of a lane through some minutes.
     *
     * @param first its first turn
     * @param minutes how many minutes, at least one
     */
    private record Run(Turn first, int minutes) {
        boolean isContinuedBy(Turn turn) {
            return turn.lane() == first.lane()
                    && turn.part() == first.part()
                    && turn.minute().equals(first.minute().plus(Turn.MINUTE.multipliedBy(minutes)));
        }

        Stream<Turn> turns() {
            return Stream.iterate(first.minute(), minute -> minute.plus(Turn.MINUTE))
                    .limit(minutes)
                    .map(minute -> new Turn(first.lane(), minute, first.part()));
        }
    }

    static String write(Collection<Turn> turns) {
        var runs = new ArrayList<Run>();
        turns.stream()
                .sorted(Comparator.comparing(Turn::lane)
                        .thenComparing(Turn::part)
                        .thenComparing(Turn::minute))
                .forEach(turn -> {
                    if (!runs.isEmpty() && runs.getLast().isContinuedBy(turn)) {
                        var last = runs.removeLast();
                        runs.add(new Run(last.first(), last.minutes() + 1));
                    } else {
                        runs.add(new Run(turn, 1));
                    }
                });
        return runs.stream().map(run -> run.first() + "+" + run.minutes()).collect(Collectors.joining(" "));
    }

    /** @throws IllegalArgumentException when it is no such text */
    static NavigableSet<Turn> read(String text) {
        var turns = new TreeSet<Turn>();
        for (var run : text.split(" ")) {
            if (!run.isEmpty()) {
                readRun(run).turns().forEach(turns::add);
            }
        }
        return turns;
    }

    private static Run readRun(String text) {
        try {
            int at = text.indexOf('@');
            int dot = text.lastIndexOf('.', at);
            int plus = text.indexOf('+', at);
            var lane = Arrays.stream(Lane.values())
                    .filter(one -> one.word().equals(text.substring(0, dot)))
                    .findFirst()
                    .orElseThrow();
            int part = Integer.parseInt(text.substring(dot + 1, at));
            var minute = Instant.parse(text.substring(at + 1, plus));
            return new Run(new Turn(lane, minute, part), Integer.parseInt(text.substring(plus + 1)));
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("\"" + text + "\" is no run of missed turns", malformed);
        }
    }
}
