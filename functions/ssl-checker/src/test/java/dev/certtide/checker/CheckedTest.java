package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.policy.EagerMargins;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which checks it need not be told one by one what they came to. */
class CheckedTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest(name = "{0} after {1} {2} h before, incident {3}: unchanged {4}, attention {5}")
    @CsvSource({
        "ok,         ok,         24,  false, true,  false",
        "ok,         ok,         999, false, true,  false",
        "ok,         ok,         24,  true,  false, true",
        "ok,         warning,    1,   true,  false, true",
        "ok,         warning,    1,   false, false, false",
        "warning,    ok,         24,  false, false, true",
        "warning,    warning,    1,   false, false, true",
        "warning,    warning,    1,   true,  true,  true",
        "warning,    warning,    23,  true,  true,  true",
        "warning,    warning,    24,  true,  false, true",
        "critical,   warning,    1,   true,  false, true",
        "unreachable,unreachable,1,   true,  true,  true",
    })
    void whatIsWrittenDownAlreadyIsUnchanged(
            String status, String last, int hours, boolean incident, boolean unchanged, boolean attention) {
        var before = Outcome.of(result(last, NOON.minus(Duration.ofHours(hours))));
        var checked = new Checked(new Due(SHOP, incident, Optional.empty(), Optional.of(before)), result(status, NOON));

        assertEquals(unchanged, checked.isUnchanged());
        assertEquals(attention, checked.attention());
    }

    /**
     * Days that are left of a certificate of 90 of which somebody wants to hear 45 days before its end, and again 18:
     * hours since the last check was written down.
     */
    @ParameterizedTest(name = "{0} days left, {1} h after, incident {2}: unchanged {3}, attention {4}")
    @CsvSource({
        "46, 24,  false, true,  false",
        "46, 24,  true,  false, true",
        "45, 24,  false, false, true",
        "44, 1,   false, false, true",
        "45, 1,   true,  false, true",
        "44, 1,   true,  true,  true",
        "44, 23,  true,  true,  true",
        "44, 24,  true,  false, true",
        "18, 1,   true,  false, true",
        "17, 1,   true,  true,  true",
    })
    void whatIsFineByTheStandardIsToldOnceSomebodyWantsToHearOfIt(
            int left, int hours, boolean incident, boolean unchanged, boolean attention) {
        var policy = Policy.parse("{\"profile\": \"manual\", \"critical\": \"20%\"}");
        var last = NOON.minus(Duration.ofHours(hours));
        // The certificate comes to the margin half an hour before noon.
        var notAfter = NOON.plus(Duration.ofDays(left)).minus(Duration.ofMinutes(30));
        var due = new Due(
                SHOP,
                incident,
                Optional.empty(),
                Optional.of(Outcome.of(fine(last, notAfter))),
                Optional.of(EagerMargins.of(List.of(policy))));

        var checked = new Checked(due, fine(NOON, notAfter));

        assertEquals(unchanged, checked.isUnchanged());
        assertEquals(attention, checked.attention());
    }

    @Test
    void theFirstCheckOfANewUrlReachesTheFailuresWhateverItComesTo() {
        var requested = new Due(SHOP, true, Optional.empty(), Optional.empty());
        var checked = new Checked(requested, fine(NOON, NOON.plus(Duration.ofDays(80))));

        assertEquals(true, checked.attention(), "they know the policies");
        assertEquals(false, checked.isUnchanged());
    }

    @Test
    void theFirstCheckIsNews() {
        assertEquals(false, new Checked(new Due(SHOP, false), result("ok", NOON)).isUnchanged());
    }

    private static CheckResult result(String status, Instant at) {
        var severity = Status.valueOf(status.toUpperCase(java.util.Locale.ROOT));
        var findings = severity == Status.OK
                ? List.<Finding>of()
                : List.of(new Finding(FindingCode.EXPIRING, severity, "It ends at " + at, List.of()));
        return new CheckResult(SHOP, at, new Verdict(severity, findings), List.of());
    }

    private static CheckResult fine(Instant at, Instant notAfter) {
        var leaf = Sights.leaf(
                "shop.example", notAfter.minus(Duration.ofDays(90)).plusSeconds(1), notAfter, "ab".repeat(32));
        var address = Sights.address(leaf);
        return new CheckResult(SHOP, at, new Verdict(Status.OK, List.of()), List.of(address));
    }
}
