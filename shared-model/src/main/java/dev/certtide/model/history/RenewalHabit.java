package dev.certtide.model.history;

import io.avaje.jsonb.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * When a target's certificates used to be renewed, learned from its history.
 *
 * <p>Of two neighbours in the history, by their beginning, the later one counts as the renewal of the earlier if
 *
 * <ul>
 *   <li>it ends later, has the same names and is from the authority that the newest leaf is from. Names and authorities
 *       change at any time, for other reasons than time; another key or intermediate says nothing, since ACME clients
 *       and authorities change those each time.
 *   <li>a quarter of the earlier one's lifetime had passed (else something was put right: a leaked key, a mistake) and
 *       it had not ended (else it was forgotten, which is nobody's habit).
 *   <li>it is known when, to a tenth of the lifetime. A check knows only that it happened since the last one, or since
 *       the later one was issued; and the earlier one must not have come back for long, as where two are served side by
 *       side.
 * </ul>
 *
 * <p>The last {@link #MOST_RENEWALS} that count are taken, and two are the least: one may be chance. The middle one is
 * the renewal point, so that one early or late renewal of three (a revocation, a holiday) does not move it. Of an even
 * number the later of the two in the middle is taken, and a renewal counts from the check that saw it: to be late is
 * careful here.
 *
 * @param renewals how many it is learned from, 2 to {@link #MOST_RENEWALS}
 * @param share the share of the lifetime that was left, 0 to 0.75
 * @param leftSeconds the time that was left. Clients that renew by a number of days, and those that renew by a share,
 *     look alike until the lifetime changes
 * @param deviation how far renewals are from that share: that of the middle one, as a share of the lifetime
 */
@Json
public record RenewalHabit(int renewals, double share, long leftSeconds, double deviation) {
    /** So many renewals are looked at. */
    public static final int MOST_RENEWALS = 5;

    private static final int FEWEST_RENEWALS = 2;
    private static final double LARGEST_SHARE = 0.75;
    private static final int UNCERTAIN_PART = 10;

    /** What is learned from a history; nothing if too few renewals count. */
    public static Optional<RenewalHabit> of(LeafHistory history) {
        var renewals = renewals(history);
        if (renewals.size() < FEWEST_RENEWALS) {
            return Optional.empty();
        }
        var shares = renewals.stream().map(Renewal::share).sorted().toList();
        var lefts = renewals.stream().map(Renewal::left).sorted().toList();
        var share = shares.get((shares.size() - 1) / 2);
        var deviations =
                shares.stream().map(one -> Math.abs(one - share)).sorted().toList();
        return Optional.of(new RenewalHabit(
                renewals.size(),
                rounded(share),
                lefts.get((lefts.size() - 1) / 2).toSeconds(),
                rounded(deviations.get(deviations.size() / 2))));
    }

    /**
     * How long before its end a certificate of that lifetime is renewed by this habit. With the lifetime of those that
     * it was learned from, both ways to count come to the same; with another, the later one is taken.
     */
    public Duration left(Duration lifetime) {
        var byShare = Duration.ofSeconds((long) (lifetime.toSeconds() * share));
        var byTime = Duration.ofSeconds(leftSeconds);
        return byShare.compareTo(byTime) < 0 ? byShare : byTime;
    }

    /** A renewal that counts: what was left of the earlier certificate. */
    private record Renewal(Duration left, double share) {}

    private static List<Renewal> renewals(LeafHistory history) {
        var leaves = history.leaves().stream()
                .filter(leaf -> leaf.lifetime().isPositive())
                .sorted(Comparator.comparing(LeafSeen::notBefore)
                        .thenComparing(LeafSeen::notAfter)
                        .thenComparing(LeafSeen::sha256))
                .toList();
        if (leaves.isEmpty()) {
            return List.of();
        }
        var authority = leaves.getLast().authority();
        var counting = leaves.stream()
                .gather(Gatherers.windowSliding(2))
                .filter(pair -> pair.size() == 2)
                .filter(pair -> pair.stream().allMatch(leaf -> leaf.authority().equals(authority)))
                .flatMap(pair -> renewal(pair.getFirst(), pair.getLast()).stream())
                .toList();
        return counting.subList(Math.max(0, counting.size() - MOST_RENEWALS), counting.size());
    }

    private static Optional<Renewal> renewal(LeafSeen before, LeafSeen after) {
        var seen = after.firstSeen();
        var earliest = Collections.min(List.of(seen, Collections.max(List.of(before.lastSeen(), after.notBefore()))));
        var uncertain = before.lifetime().dividedBy(UNCERTAIN_PART);
        var left = Duration.between(seen, before.notAfter());
        var share = (double) left.toSeconds() / before.lifetime().toSeconds();
        boolean counts = after.notAfter().isAfter(before.notAfter())
                && after.names().equals(before.names())
                && left.isPositive()
                && share <= LARGEST_SHARE
                && isWithin(earliest, seen, uncertain)
                && isWithin(seen, before.lastSeen(), uncertain);
        return counts ? Optional.of(new Renewal(left, share)) : Optional.empty();
    }

    private static boolean isWithin(Instant from, Instant to, Duration most) {
        return Duration.between(from, to).compareTo(most) <= 0;
    }

    /** A ten-thousandth of 398 days is an hour; more digits would only make the record longer. */
    private static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }
}
