package dev.certtide.recheck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the schedule has been served, and what was left out on the way: the memory of {@code recheck}, as a value.
 *
 * <p>A minute's own turns are served in it, whatever else is to be done. What was missed before, because nobody ran or
 * because it failed, is spread evenly over the next {@link #MINUTES} minutes, lane by lane, so that none of them serves
 * more than its share of what is missed besides its own. Of a target that missed several turns the last one is made up
 * for only, and none if its next one comes within these minutes anyway. Whenever something fails the three minutes begin
 * anew; until it succeeds it is tried at least once in any three minutes, and nothing else waits for it.
 *
 * @param through every minute up to this one has had its round
 * @param left over how many of the coming rounds what is missed is spread: 1 to {@link #MINUTES}
 * @param missed turns of these minutes that have not been served, in their order
 */
record Backlog(Instant through, int left, NavigableSet<Turn> missed) {
    /** So long it may take to make up for a gap of any length. */
    static final int MINUTES = 3;

    Backlog {
        missed = Collections.unmodifiableNavigableSet(new TreeSet<>(missed));
    }

    /** That of a deployment whose first minute this is: nothing is missed. */
    static Backlog before(Instant minute) {
        return new Backlog(minute.minus(Turn.MINUTE), MINUTES, Collections.emptyNavigableSet());
    }

    /** What is to be served in a minute's round: when it comes again, only what is still missed of its own. */
    List<Turn> turns(Instant minute) {
        if (!minute.isAfter(through)) {
            return missed.stream().filter(turn -> turn.minute().equals(minute)).toList();
        }
        var turns = new ArrayList<>(Turn.of(minute));
        var now = reach(minute);
        for (var lane : Lane.values()) {
            turns.addAll(now.share(lane));
        }
        return turns;
    }

    /**
     * What is left after a minute's round. Rounds may end in another order than they began in: each only takes away
     * what it has served.
     *
     * @param asked what was to be served
     * @param served what was, or had been before
     */
    Backlog after(Instant minute, Collection<Turn> asked, Set<Turn> served) {
        var now = reach(minute);
        var missing = new TreeSet<>(now.missed);
        missing.removeAll(served);
        int next;
        if (missing.isEmpty() || !served.containsAll(asked)) {
            next = MINUTES;
        } else {
            next = minute.isAfter(through) ? Math.max(1, now.left - 1) : left;
        }
        return new Backlog(now.through, next, missing);
    }

    /** The same in a world whose clock was set back: what lies ahead of that minute has not come yet. */
    Backlog rewoundTo(Instant minute) {
        var earlier = new TreeSet<>(missed);
        earlier.removeIf(turn -> !turn.minute().isBefore(minute));
        return new Backlog(minute.minus(Turn.MINUTE), MINUTES, earlier);
    }

    /** With all turns up to that minute missed that were not served before it, and not made up for by it. */
    private Backlog reach(Instant minute) {
        if (!minute.isAfter(through)) {
            return this;
        }
        boolean gap = through.plus(Turn.MINUTE).isBefore(minute);
        int rounds = gap ? MINUTES : left;
        var end = minute.plus(Turn.MINUTE.multipliedBy(rounds - 1));
        var all = new TreeSet<>(missed);
        all.removeIf(turn -> turn.isPastAt(end));
        for (var lane : Lane.values()) {
            var first = through.plus(Turn.MINUTE);
            var oldest = end.minus(lane.period()).plus(Turn.MINUTE);
            for (var at = first.isAfter(oldest) ? first : oldest; !at.isAfter(minute); at = at.plus(Turn.MINUTE)) {
                Turn.of(lane, at).forEach(all::add);
            }
        }
        return new Backlog(minute, rounds, all);
    }

    /**
     * One of {@link #left} even shares of what a lane has missed; which one goes by the minute, so that what fails time
     * and again keeps nothing else from being tried.
     */
    private List<Turn> share(Lane lane) {
        var behind = missed.stream()
                .filter(turn -> turn.lane() == lane && turn.minute().isBefore(through))
                .toList();
        int which = (int) Math.floorMod(through.getEpochSecond() / Turn.MINUTE.toSeconds(), (long) left);
        return behind.subList(behind.size() * which / left, behind.size() * (which + 1) / left);
    }
}
