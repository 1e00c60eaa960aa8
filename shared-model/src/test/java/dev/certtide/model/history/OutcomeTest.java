package dev.certtide.model.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Unfetched;
import dev.certtide.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:37:00Z");
    private static final Unfetched ISSUER =
            new Unfetched(Unfetched.ISSUER, "http://ca.example/1.der", "the server answered 404");
    private static final AddressReport FIRST = address("192.0.2.1:443", "aa", "cc");
    private static final AddressReport OTHER = address("192.0.2.2:443", "bb", "cc");

    @Test
    void aLaterCheckThatSeesTheSameComesToTheSame() {
        var later = new CheckResult(
                result(Status.OK, List.of(), FIRST).target(),
                NOW.plusSeconds(86_400),
                new Verdict(Status.OK, List.of()),
                List.of(FIRST));

        assertTrue(same(result(Status.OK, List.of(), FIRST), later));
    }

    @Test
    void theOrderAndTheNumberOfAddressesDoNotMatterAsLongAsTheChainsAreTheSame() {
        var elsewhere = address("[2001:db8::1]:443", "aa", "cc");

        assertTrue(same(result(Status.OK, List.of(), FIRST, OTHER), result(Status.OK, List.of(), OTHER, elsewhere)));
    }

    @Test
    void anotherChainIsAnotherOutcomeEvenWithTheSameLeaf() {
        var crossSigned = address("192.0.2.1:443", "aa", "dd");
        var longer = address("192.0.2.1:443", "aa", "cc", "dd");
        var none = address("192.0.2.1:443");

        for (var address : List.of(OTHER, crossSigned, longer, none)) {
            assertFalse(same(result(Status.OK, List.of(), FIRST), result(Status.OK, List.of(), address)));
        }
        assertFalse(same(result(Status.OK, List.of(), FIRST), result(Status.OK, List.of(), FIRST, OTHER)));
    }

    @Test
    void anotherFindingOrSeverityIsAnotherOutcomeButAnotherWordingIsNot() {
        var warning = finding(FindingCode.EXPIRING, Status.WARNING, "in 12 days");
        var critical = finding(FindingCode.EXPIRING, Status.CRITICAL, "in 12 days");
        var reworded = finding(FindingCode.EXPIRING, Status.WARNING, "in 11 days");
        var weak = finding(FindingCode.WEAK_KEY, Status.WARNING, "in 12 days");
        var before = result(Status.WARNING, List.of(warning), FIRST);

        assertTrue(same(before, result(Status.WARNING, List.of(reworded), FIRST)));
        assertFalse(same(before, result(Status.WARNING, List.of(critical), FIRST)));
        assertFalse(same(before, result(Status.WARNING, List.of(weak), FIRST)));
        assertFalse(same(before, result(Status.WARNING, List.of(warning, weak), FIRST)));
        assertFalse(same(before, result(Status.CRITICAL, List.of(warning), FIRST)));
    }

    /** A server of revocation lists that comes and goes must not wake those who write down what is new. */
    @Test
    void whatCouldNotBeFetchedAndWhatAFetchedListLacksDoNotMatter() {
        var well = result(Status.OK, List.of(), FIRST);
        var unfetched =
                new Unfetched(Unfetched.REVOCATION_LIST, "http://crl.example/1.crl", "no answer within 5000 ms");
        var numberless = finding(FindingCode.NON_COMPLIANT, Status.OK, "the revocation list has no number");

        assertTrue(same(well, well.lacking(List.of(unfetched))));
        assertTrue(same(well, result(Status.OK, List.of(numberless), FIRST)));
    }

    @Test
    void whatIsOnlyGuessedIsGuessedAsBefore() {
        for (var codes : List.of(
                List.of(FindingCode.UNTRUSTED_ROOT, FindingCode.INCOMPLETE_CHAIN),
                List.of(FindingCode.INCOMPLETE_CHAIN, FindingCode.UNTRUSTED_ROOT))) {
            // The order of findings depends on their codes.
            var mismatch = finding(FindingCode.HOSTNAME_MISMATCH, Status.CRITICAL, "another name");
            var weak = finding(FindingCode.WEAK_KEY, Status.CRITICAL, "512 bits");
            var before = criticals(mismatch, finding(codes.getFirst(), Status.CRITICAL, "known"), weak);
            var guess = criticals(mismatch, finding(codes.getLast(), Status.CRITICAL, "either"), weak)
                    .lacking(List.of(ISSUER));

            var told = Outcome.of(before).guessIn(guess);

            assertEquals(before.verdict().codes(), told.verdict().codes());
            assertTrue(same(before, told));
            assertTrue(told.findings().stream().anyMatch(one -> one.detail().equals("either")));
            assertEquals(guess.unfetched(), told.unfetched());
            assertSame(guess, Outcome.of(guess).guessIn(guess));
        }
    }

    @Test
    void whatIsKnownIsNotGuessedAndWhatElseHasChangedIsTold() {
        var before = Outcome.of(criticals(finding(FindingCode.UNTRUSTED_ROOT, Status.CRITICAL, "known")));
        var known = criticals(finding(FindingCode.INCOMPLETE_CHAIN, Status.CRITICAL, "known by now"));
        var expired = criticals(
                        finding(FindingCode.EXPIRED, Status.CRITICAL, "since today"),
                        finding(FindingCode.INCOMPLETE_CHAIN, Status.CRITICAL, "either"))
                .lacking(List.of(ISSUER));
        var list = new Unfetched(Unfetched.REVOCATION_LIST, "http://crl.example/1.crl", "the server answered 404");

        assertSame(known, before.guessIn(known));
        assertSame(expired, before.guessIn(expired));
        var lackingAList = known.lacking(List.of(list));
        assertSame(lackingAList, before.guessIn(lackingAList));
    }

    private static CheckResult criticals(Finding... findings) {
        return result(
                Status.CRITICAL, Stream.of(findings).sorted(Finding.WORST_FIRST).toList(), FIRST);
    }

    private static boolean same(CheckResult one, CheckResult other) {
        return Outcome.of(one).isLike(Outcome.of(other));
    }

    private static CheckResult result(Status status, List<Finding> findings, AddressReport... addresses) {
        return new CheckResult(
                Target.parse("https://shop.example"), NOW, new Verdict(status, findings), List.of(addresses));
    }

    private static Finding finding(FindingCode code, Status severity, String detail) {
        return new Finding(code, severity, detail, List.of());
    }

    private static AddressReport address(String address, String... sha256) {
        return new AddressReport(
                address,
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                Arrays.stream(sha256)
                        .map(one -> Leaves.leaf(one, Leaves.START, Duration.ofDays(90)))
                        .toList(),
                1);
    }
}
