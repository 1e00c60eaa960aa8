package dev.certtide.model.policy;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When those who watch a target want to hear of its certificate's end, as far as that is not when everybody does. The
 * schedule carries it: the checker then tells the failures of a certificate that is fine by the standard, and of one that
 * has passed from one margin to the next.
 *
 * <p>Margins and not times, since the next certificate may have another lifetime.
 *
 * @param margins the earliest first; at most {@link #MOST}
 */
public record EagerMargins(List<Margin> margins) {
    /** So that the schedule stays small, however many watch a target. */
    public static final int MOST = 8;

    /** Everybody hears when everybody does. */
    public static final EagerMargins NONE = new EagerMargins(List.of());

    private static final List<Margin> STANDARD = List.of(Policy.NONE.warningMargin(), Policy.NONE.criticalMargin());
    private static final Comparator<Margin> EARLIEST_FIRST = Comparator.<Margin, Duration>comparing(
                    margin -> margin.of(Duration.ofDays(90)))
            .reversed()
            .thenComparing(Margin::toString);

    public EagerMargins {
        margins = List.copyOf(margins);
    }

    /**
     * Those of these policies. Where they are too many, the latest are left out, and what is kept is reached whenever one
     * of them all is.
     *
     * @param policies of the watches, each over that of its owner
     */
    public static EagerMargins of(Collection<Policy> policies) {
        var all = policies.stream()
                .filter(policy -> !policy.ignore().contains(FindingCode.EXPIRING))
                .flatMap(policy -> Stream.of(policy.warningMargin(), policy.criticalMargin()))
                .filter(margin -> !STANDARD.contains(margin))
                .distinct()
                .sorted(EARLIEST_FIRST)
                .toList();
        return new EagerMargins(all.size() <= MOST ? all : few(all));
    }

    /** Whether somebody wants to hear, at the time of the check, that a certificate that was seen will end. */
    public boolean areReached(CheckResult result) {
        return leaves(result).anyMatch(leaf -> count(leaf, result.checkedAt()) > 0);
    }

    /** Whether a certificate that was seen has come to one more of the margins since {@code then}. */
    public boolean areReachedSince(Instant then, CheckResult result) {
        return leaves(result).anyMatch(leaf -> count(leaf, result.checkedAt()) > count(leaf, then));
    }

    private long count(CertificateReport leaf, Instant at) {
        var left = Duration.between(at, leaf.notAfter());
        return margins.stream()
                .filter(margin -> left.compareTo(margin.of(leaf.lifetime())) <= 0)
                .count();
    }

    private static Stream<CertificateReport> leaves(CheckResult result) {
        return result.addresses().stream()
                .flatMap(address -> address.chain().stream().limit(1))
                .distinct();
    }

    /** Of each kind one that is as early as any, and the earliest of the others. */
    private static List<Margin> few(List<Margin> all) {
        var shares = all.stream()
                .filter(Margin.Share.class::isInstance)
                .map(Margin.Share.class::cast)
                .max(Comparator.comparingInt(Margin.Share::percent));
        var times = all.stream()
                .filter(Margin.Left.class::isInstance)
                .map(Margin.Left.class::cast)
                .max(Comparator.comparing(left -> left.time().length()));
        var both = all.stream()
                .filter(Margin.Less.class::isInstance)
                .map(Margin.Less.class::cast)
                .reduce(Margin.Less::orMore);
        return Stream.of(shares.stream(), times.stream(), both.stream(), all.stream())
                .flatMap(margins -> margins)
                .map(Margin.class::cast)
                .distinct()
                .limit(MOST)
                .sorted(EARLIEST_FIRST)
                .toList();
    }
}
