package dev.certtide.failures;

import static dev.certtide.failures.Samples.minute;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.standingAfter;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.UNREACHABLE;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.incident.Standing.Suspicion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingStepsTest {
    @Test
    void whatIsCertainCountsAtOnce() {
        var standing = standingAfter(WARNING, CRITICAL).orElseThrow();

        assertEquals(CRITICAL, standing.status());
        assertEquals(minute(0), standing.since(), "since it is in trouble at all");
        assertEquals(Optional.empty(), standing.suspicion());
    }

    @Test
    void oneUnreachableCheckIsASuspicionAndNoTrouble() {
        var standing = standingAfter(UNREACHABLE).orElseThrow();

        assertEquals(OK, standing.status());
        assertEquals(Optional.of(new Suspicion(UNREACHABLE, minute(0))), standing.suspicion());
        assertFalse(standing.isWell());
    }

    @Test
    void threeUnreachableChecksInARowAreCertainSinceTheFirst() {
        assertEquals(
                OK, standingAfter(OK, UNREACHABLE, UNREACHABLE).orElseThrow().status());
        var standing = standingAfter(OK, UNREACHABLE, UNREACHABLE, UNREACHABLE).orElseThrow();

        assertEquals(UNREACHABLE, standing.status());
        assertEquals(minute(1), standing.since());
        assertEquals(Optional.empty(), standing.suspicion());
    }

    /** A message that came twice has the next try asked for twice. */
    @Test
    void twoChecksAtTheSameTimeAreOneTry() {
        var both = after(unreachable(0), unreachable(120), unreachable(121), unreachable(122));
        assertEquals(OK, both.status());
        assertEquals(2, both.suspicion().orElseThrow().tries());

        assertEquals(
                UNREACHABLE,
                after(unreachable(0), unreachable(120), unreachable(121), unreachable(240))
                        .status());
    }

    /** However many there are: each is counted from the last that counted. */
    @Test
    void ofChecksThatComeAllTheTimeSomeAreTries() {
        assertEquals(
                UNREACHABLE,
                after(
                                unreachable(0),
                                unreachable(25),
                                unreachable(50),
                                unreachable(75),
                                unreachable(100),
                                unreachable(125),
                                unreachable(150))
                        .status());
    }

    private static CheckResult unreachable(int second) {
        var sample = result(UNREACHABLE, 0);
        return new CheckResult(
                sample.target(), sample.checkedAt().plusSeconds(second), sample.verdict(), sample.addresses());
    }

    @Test
    void aGoodCheckInBetweenEndsTheSuspicion() {
        var standing = standingAfter(UNREACHABLE, UNREACHABLE, OK, UNREACHABLE, UNREACHABLE)
                .orElseThrow();

        assertEquals(OK, standing.status());
        assertEquals(2, standing.suspicion().orElseThrow().tries());
        assertTrue(standingAfter(UNREACHABLE, OK).orElseThrow().isWell());
    }

    @Test
    void anOutageInTheMiddleOfTroubleChangesNothingUntilItIsCertain() {
        var before = standingAfter(CRITICAL).orElseThrow();
        var standing = standingAfter(CRITICAL, UNREACHABLE).orElseThrow();

        assertEquals(CRITICAL, standing.status());
        assertEquals(before.findings(), standing.findings());
        assertEquals(
                UNREACHABLE,
                standingAfter(CRITICAL, UNREACHABLE, UNREACHABLE, UNREACHABLE)
                        .orElseThrow()
                        .status());
    }

    @Test
    void whatIsUnreachableForCertainStaysSoWithoutNewTries() {
        var standing = standingAfter(UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE)
                .orElseThrow();

        assertEquals(UNREACHABLE, standing.status());
        assertEquals(Optional.empty(), standing.suspicion());
    }

    @Test
    void aRenewalHasItsTimeToGetToAllAddresses() {
        var grace = (int) StandingSteps.GRACE.toMinutes();
        var young = after(split(0), split(grace - 1));
        var old = after(split(0), split(grace - 1), split(grace));

        assertEquals(OK, young.status());
        assertEquals(WARNING, old.status());
        assertEquals(minute(0), old.since());
        assertTrue(after(split(0), result(OK, 60)).isWell());
    }

    @Test
    void aSplitFleetWithSomethingWorseIsCertainAtOnce() {
        var both = new CheckResult(
                Samples.SHOP,
                minute(1),
                new Verdict(
                        CRITICAL,
                        List.of(finding(FindingCode.EXPIRED, CRITICAL), finding(FindingCode.SPLIT_FLEET, WARNING))),
                List.of());

        assertEquals(CRITICAL, after(both).status());
    }

    @Test
    void whichCertificateAFindingIsAboutIsKnownByItsAddresses() {
        var old = result(CRITICAL, 1).addresses().getFirst();
        var next = new AddressReport(
                "192.0.2.2:443",
                old.ending(),
                Optional.empty(),
                old.protocol(),
                Optional.empty(),
                result(OK, 1).addresses().getFirst().chain(),
                5);
        var ofOld = new Finding(FindingCode.EXPIRING, CRITICAL, "d", List.of(old.address()));
        var ofNext = new Finding(FindingCode.EXPIRING, WARNING, "d", List.of(next.address()));
        var ofAll = finding(FindingCode.EXPIRING, WARNING);
        var verdict = new Verdict(CRITICAL, List.of(ofOld, ofNext, ofAll));
        var both = new CheckResult(Samples.SHOP, minute(1), verdict, List.of(old, next));
        var one = new CheckResult(Samples.SHOP, minute(2), verdict, List.of(old));

        assertEquals(List.of(ofOld, ofAll), after(both).ofOlder());
        assertEquals(List.of(), after(both, one).ofOlder());
    }

    @Test
    void anOlderResultChangesNothingAndTheSameOneChangesNothingMore() {
        var standing = standingAfter(OK, UNREACHABLE);

        assertEquals(Optional.empty(), StandingSteps.next(standing, result(CRITICAL, 0), Samples.PAUSE));
        assertEquals(standing, StandingSteps.next(standing, result(UNREACHABLE, 1), Samples.PAUSE), "no second try");
    }

    @Test
    void theTroubleHasOneNameFromItsFirstSuspicionToItsEnd() {
        var first = standingAfter(UNREACHABLE).orElseThrow();
        var open = standingAfter(UNREACHABLE, UNREACHABLE, UNREACHABLE).orElseThrow();
        var over = standingAfter(UNREACHABLE, UNREACHABLE, UNREACHABLE, OK).orElseThrow();
        var next = standingAfter(UNREACHABLE, UNREACHABLE, UNREACHABLE, OK, CRITICAL)
                .orElseThrow();

        assertEquals(first.id(), open.id());
        assertEquals(open.id(), over.id());
        assertNotEquals(over.id(), next.id());
    }

    private static Standing after(CheckResult... results) {
        Optional<Standing> standing = Optional.empty();
        for (var result : results) {
            standing = StandingSteps.next(standing, result, Samples.PAUSE);
        }
        return standing.orElseThrow();
    }

    private static CheckResult split(int minute) {
        return new CheckResult(
                Samples.SHOP,
                minute(minute),
                new Verdict(WARNING, List.of(finding(FindingCode.SPLIT_FLEET, WARNING))),
                List.of());
    }

    private static Finding finding(FindingCode code, Status severity) {
        return new Finding(code, severity, "d", List.of());
    }
}
