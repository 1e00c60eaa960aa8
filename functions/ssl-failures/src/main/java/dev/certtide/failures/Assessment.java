package dev.certtide.failures;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a target's standing means to one owner. Pure.
 *
 * @param level how bad it is
 * @param findings of this cause, worst first
 * @param since when the first of them began
 */
record Assessment(Status level, List<Finding> findings, Instant since) {
    private static final Comparator<Finding> WORST_FIRST =
            Comparator.comparing(Finding::severity).reversed();

    /** What is to be done something about, by cause; nothing when all is well by that policy. */
    static Map<Cause, Assessment> of(Standing standing, Policy policy, Instant now) {
        return of(standing, policy, now, _ -> true);
    }

    /**
     * The same.
     *
     * @param isShared whether the target takes part in the trouble of many from that cause; if not, it has its own
     */
    static Map<Cause, Assessment> of(Standing standing, Policy policy, Instant now, Predicate<Cause> isShared) {
        var findings = findings(standing, policy, now)
                .filter(finding -> finding.severity() != Status.OK)
                .filter(finding -> !policy.ignore().contains(finding.code()))
                .sorted(WORST_FIRST)
                .collect(Collectors.groupingBy(
                        finding -> orOwn(Beginnings.cause(standing, finding), standing, isShared),
                        LinkedHashMap::new,
                        Collectors.toList()));
        var assessments = new LinkedHashMap<Cause, Assessment>();
        findings.forEach((cause, some) -> assessments.put(
                cause, new Assessment(some.getFirst().severity(), some, since(standing, policy, some))));
        return assessments;
    }

    private static Instant since(Standing standing, Policy policy, List<Finding> findings) {
        return findings.stream()
                .map(finding -> isByOwner(finding, standing, policy)
                        ? standing.lastResultAt()
                        : Beginnings.of(standing, finding))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** By their own margins it begins at another time than by everybody's. */
    private static boolean isByOwner(Finding finding, Standing standing, Policy policy) {
        return policy.hasMargins()
                && finding.code() == FindingCode.EXPIRING
                && !standing.findings().contains(finding);
    }

    /**
     * The owner's margins count, where there are any, and not the checker's. They judge the newest certificate: of older
     * ones, which some servers may still have, the checker's word stands.
     */
    private static Stream<Finding> findings(Standing standing, Policy policy, Instant now) {
        return policy.hasMargins()
                ? Stream.concat(
                        standing.findings().stream().filter(finding -> !isOfNewest(finding, standing)),
                        expiring(standing, policy, now).stream())
                : standing.findings().stream();
    }

    /** Whether it says of nothing but the newest certificate that it is about to expire. */
    private static boolean isOfNewest(Finding finding, Standing standing) {
        return finding.code() == FindingCode.EXPIRING && !standing.ofOlder().contains(finding);
    }

    private static Optional<Finding> expiring(Standing standing, Policy policy, Instant now) {
        boolean isPast = standing.findings().stream().anyMatch(finding -> finding.code() == FindingCode.EXPIRED);
        if (standing.status() == Status.UNREACHABLE || isPast) {
            return Optional.empty();
        }
        return standing.leaf()
                .filter(leaf -> policy.level(leaf, now) != Status.OK)
                .map(leaf -> expiring(standing, leaf, policy.level(leaf, now), now));
    }

    private static Finding expiring(Standing standing, CertificateReport leaf, Status level, Instant now) {
        var addresses = standing.findings().stream()
                .filter(finding -> isOfNewest(finding, standing))
                .findFirst()
                .map(Finding::addresses)
                .orElse(List.of());
        var left = Duration.between(now, leaf.notAfter());
        var when = left.isNegative() ? "has ended" : "ends in " + span(left);
        return new Finding(
                FindingCode.EXPIRING, level, "The certificate " + when + "; renew it and load the new one.", addresses);
    }

    /** Rounded down, so that nobody thinks there is more time. */
    private static String span(Duration left) {
        if (left.toDays() >= 2) {
            return left.toDays() + " days";
        }
        return left.toHours() >= 2 ? left.toHours() + " hours" : left.toMinutes() + " minutes";
    }

    private static Cause orOwn(Cause cause, Standing standing, Predicate<Cause> isShared) {
        return cause.target().isPresent() || isShared.test(cause) ? cause : Cause.of(standing.target());
    }
}
