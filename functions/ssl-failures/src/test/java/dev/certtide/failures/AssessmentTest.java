package dev.certtide.failures;

import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.START;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.UNREACHABLE;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.Interval;
import dev.certtide.model.policy.Margin;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final Cause ITSELF = Cause.of(SHOP);
    private static final Cause INTERMEDIATE = Cause.intermediate(Samples.leaf(Duration.ofDays(9)));
    private static final Cause AUTHORITY = Cause.authority("CN=Old CA");

    @Test
    void theOwnersMarginsCountAndNotTheCheckers() {
        var early = policy("60d", "20d");
        var late = policy("5d", "1d");

        assertEquals(WARNING, level(standing(OK, 40), early));
        assertEquals(CRITICAL, level(standing(WARNING, 15, expiring(WARNING)), early));
        assertEquals(OK, level(standing(WARNING, 15, expiring(WARNING)), late));
        assertEquals(WARNING, level(standing(CRITICAL, 3, expiring(CRITICAL)), late));
        assertEquals(OK, level(standing(OK, 40), Policy.NONE));
        assertEquals(WARNING, level(standing(WARNING, 15, expiring(WARNING)), Policy.NONE));
    }

    /** Some servers may still have an older certificate, which the margins do not judge. */
    @Test
    void ofAnOlderCertificateBesideTheNewestTheCheckersWordStands() {
        var late = policy("5d", "1d");
        var old = new Finding(FindingCode.EXPIRING, CRITICAL, "d", List.of("192.0.2.1:443"));
        var newest = new Finding(FindingCode.EXPIRING, WARNING, "d", List.of("192.0.2.2:443"));
        var split = finding(FindingCode.SPLIT_FLEET, WARNING);
        var both = standing(CRITICAL, 15, old, newest, split);

        assertEquals(CRITICAL, level(beside(old, standing(CRITICAL, 80, old, split)), late));
        assertEquals(CRITICAL, level(beside(old, both), late));
        assertEquals(
                List.of(old, split),
                Assessment.of(beside(old, both), late, START).get(ITSELF).findings());
        assertEquals(CRITICAL, level(beside(newest, standing(WARNING, 15, newest)), policy("60d", "20d")), "the worse");
        assertEquals(OK, level(both, policy("5d", "1d", FindingCode.SPLIT_FLEET)), "nothing is known of an older one");
    }

    private static Standing beside(Finding ofOlder, Standing standing) {
        return new Standing(
                standing.id(),
                standing.target(),
                standing.status(),
                standing.since(),
                standing.lastResultAt(),
                standing.findings(),
                standing.leaf(),
                standing.intermediate(),
                standing.authority(),
                standing.suspicion(),
                standing.beginnings(),
                List.of(ofOlder));
    }

    /** Between two checks the certificate goes on ageing. */
    @Test
    void aWarningBecomesCriticalWithoutAnotherCheck() {
        var standing = standing(WARNING, 9, expiring(WARNING));

        assertEquals(
                CRITICAL,
                Assessment.of(standing, policy("30d", "7d"), START.plus(Duration.ofDays(3)))
                        .get(ITSELF)
                        .level());
    }

    /** The checker may have been told other margins than the standard's. */
    @Test
    void withoutMarginsOfTheOwnersTheCheckersCount() {
        assertEquals(WARNING, level(standing(WARNING, 80, expiring(WARNING)), Policy.NONE));
        assertEquals(OK, level(standing(OK, 3), Policy.NONE));
    }

    @Test
    void whatTheOwnerIgnoresIsNothing() {
        var standing = standing(WARNING, 80, finding(FindingCode.WEAK_CIPHER, WARNING));

        assertEquals(WARNING, level(standing, Policy.NONE));
        assertEquals(OK, level(standing, ignoring(FindingCode.WEAK_CIPHER)));
        assertEquals(OK, level(standing(WARNING, 15, expiring(WARNING)), ignoring(FindingCode.EXPIRING)));
    }

    @Test
    void whatIsOnlyToldIsNoTrouble() {
        assertEquals(OK, level(standing(OK, 80, finding(FindingCode.NON_COMPLIANT, OK)), Policy.NONE));
    }

    @Test
    void whatManyTargetsHaveInCommonIsACauseOfItsOwn() {
        var standing = standing(
                CRITICAL,
                80,
                finding(FindingCode.INTERMEDIATE_EXPIRING, WARNING),
                finding(FindingCode.DISTRUSTED_CA, CRITICAL),
                finding(FindingCode.WEAK_KEY, WARNING));

        assertEquals(
                Map.of(INTERMEDIATE, WARNING, AUTHORITY, CRITICAL, ITSELF, WARNING), levels(standing, Policy.NONE));
    }

    @Test
    void withoutAChainTheTargetItselfIsTheCause() {
        var standing = new Standing(
                "1",
                SHOP,
                WARNING,
                START,
                START,
                List.of(finding(FindingCode.INTERMEDIATE_EXPIRING, WARNING)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertEquals(Map.of(ITSELF, WARNING), levels(standing, Policy.NONE));
    }

    @Test
    void aCertificateThatCantBeSeenDoesNotEnd() {
        var standing = standing(UNREACHABLE, 3, finding(FindingCode.CONNECTION_REFUSED, UNREACHABLE));

        assertEquals(
                List.of(FindingCode.CONNECTION_REFUSED),
                Assessment.of(standing, Policy.NONE, START).get(ITSELF).findings().stream()
                        .map(Finding::code)
                        .toList());
    }

    private static Status level(Standing standing, Policy policy) {
        return levels(standing, policy).getOrDefault(ITSELF, OK);
    }

    private static Map<Cause, Status> levels(Standing standing, Policy policy) {
        return Assessment.of(standing, policy, START).entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().level()));
    }

    private static Standing standing(Status status, int daysLeft, Finding... findings) {
        CertificateReport leaf = Samples.leaf(Duration.ofDays(daysLeft));
        return new Standing(
                "1",
                SHOP,
                status,
                START,
                START,
                List.of(findings),
                Optional.of(leaf),
                Optional.of(INTERMEDIATE),
                Optional.of(AUTHORITY),
                Optional.empty());
    }

    private static Finding expiring(Status severity) {
        return finding(FindingCode.EXPIRING, severity);
    }

    private static Finding finding(FindingCode code, Status severity) {
        return new Finding(code, severity, "d", List.of());
    }

    private static Policy policy(String warning, String critical) {
        return Policies.with(Policy.NONE, margin(warning), margin(critical), List.of());
    }

    private static Policy policy(String warning, String critical, FindingCode ignored) {
        return Policies.with(Policy.NONE, margin(warning), margin(critical), List.of(ignored));
    }

    private static Policy ignoring(FindingCode code) {
        return Policies.with(Policy.NONE, Optional.empty(), Optional.empty(), List.of(code));
    }

    private static Optional<Margin> margin(String text) {
        return Optional.of(new Margin.Left(Interval.parse(text)));
    }
}
