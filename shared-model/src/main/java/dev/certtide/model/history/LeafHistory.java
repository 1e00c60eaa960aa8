package dev.certtide.model.history;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Required;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The leaves that a target has served. Adding what was seen comes to the same in whichever order and however often it is
 * added, as long as no more leaves are seen than are kept.
 *
 * @param leaves each one once, in the order in which they were seen first; at most {@link #MOST_LEAVES}
 * @param current the report of the leaf that was seen last, to compare the next one with
 */
@Json
public record LeafHistory(List<LeafSeen> leaves, Optional<CertificateReport> current) {
    /** Twice as many as the renewal point is learned from: some renewals do not count. */
    public static final int MOST_LEAVES = 10;

    /** No leaf was ever seen. */
    public static final LeafHistory NONE = new LeafHistory(List.of(), Optional.empty());

    private static final Comparator<LeafSeen> SEEN_LAST_FIRST =
            Comparator.comparing(LeafSeen::lastSeen).reversed().thenComparing(LeafSeen::sha256);

    public LeafHistory {
        leaves = List.copyOf(Required.field("leaves", leaves));
    }

    /** This history and one more sight of a leaf. */
    public LeafHistory with(CertificateReport leaf, Instant seenAt) {
        return with(leaf, seenAt, seenAt);
    }

    /** This history and what one check saw, which may be no leaf. */
    public LeafHistory with(Optional<CertificateReport> leaf, Instant seenAt) {
        return leaf.map(seen -> with(seen, seenAt)).orElse(this);
    }

    /** This history and all that was seen of a leaf between two checks. */
    public LeafHistory with(CertificateReport leaf, Instant firstSeen, Instant lastSeen) {
        var seen = Stream.of(LeafSeen.of(leaf, firstSeen), LeafSeen.of(leaf, lastSeen));
        var byFingerprint = Stream.concat(leaves.stream(), seen)
                .collect(Collectors.toMap(LeafSeen::sha256, Function.identity(), LeafSeen::and));
        // The least recently seen goes: the one that is served now never does, however old it is.
        var kept = byFingerprint.values().stream()
                .sorted(SEEN_LAST_FIRST)
                .limit(MOST_LEAVES)
                .toList();
        var newest = kept.getFirst().sha256();
        return new LeafHistory(
                kept.stream()
                        .sorted(Comparator.comparing(LeafSeen::firstSeen).thenComparing(LeafSeen::sha256))
                        .toList(),
                Stream.concat(Stream.of(leaf), current.stream())
                        .filter(report -> report.sha256().equals(newest))
                        .findFirst());
    }

    /** What the change to {@code leaf} means; nothing if it is the current one, or the first. */
    public List<CertificateChange> changesTo(CertificateReport leaf) {
        return current.map(before -> CertificateChange.between(before, leaf)).orElse(List.of());
    }

    /** The leaf that was seen last. */
    public Optional<LeafSeen> seenLast() {
        return leaves.stream().min(SEEN_LAST_FIRST);
    }
}
