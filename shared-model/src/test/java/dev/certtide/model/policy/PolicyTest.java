package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    /** Policy, days of the lifetime, hours that are left, level. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                     | 90  | 541  | OK
            {}                                     | 90  | 540  | WARNING
            {}                                     | 90  | 169  | WARNING
            {}                                     | 90  | 168  | CRITICAL
            {}                                     | 90  | -1   | CRITICAL
            {}                                     | 398 | 721  | OK
            {}                                     | 398 | 720  | WARNING
            {"profile": "manual"}                  | 90  | 1081 | OK
            {"profile": "manual"}                  | 90  | 1080 | WARNING
            {"profile": "manual"}                  | 90  | 336  | CRITICAL
            {"profile": "automatic"}               | 90  | 541  | OK
            {"profile": "manual", "warning": "20d"}| 90  | 481  | OK
            {"profile": "manual", "warning": "20d"}| 90  | 241  | WARNING
            {"profile": "manual", "warning": "20d"}| 90  | 240  | CRITICAL
            {"warning": "3d"}                      | 90  | 73   | OK
            {"warning": "3d"}                      | 90  | 72   | WARNING
            {"warning": "3d"}                      | 90  | 36   | CRITICAL
            {"critical": "45d"}                    | 90  | 1081 | OK
            {"critical": "45d"}                    | 90  | 1080 | CRITICAL
            {"warning": "10%", "critical": "7d"}   | 47  | 168  | CRITICAL
            """)
    void anEndingCertificateIsAsBadAsThePolicySays(String policy, int days, int hoursLeft, Status level) {
        var notAfter = BEGIN.plus(Duration.ofDays(days)).minusSeconds(1);

        assertEquals(level, Policy.parse(policy).level(leaf(notAfter), notAfter.minus(Duration.ofHours(hoursLeft))));
    }

    @Test
    void whatAWatchSaysCountsBeforeWhatItsOwnerSays() {
        var owner = Policy.parse("""
                {"profile": "manual", "warning": "40d", "ignore": ["weak-cipher", "weak-key"], "remindEvery": "4d",
                 "escalation": {"after": "4h", "channels": [{"type": "email", "address": "boss@example.com"}]},
                 "quietHours": [{"from": "22:00", "to": "07:00", "zone": "UTC"}],
                 "maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T22:00:00Z", "note": "storage"}],
                 "digest": {"every": "daily", "at": "08:00", "zone": "UTC"},
                 "levels": {"email": "critical"}, "mostAtOnce": 7}""");
        var watch = Policy.parse("""
                {"warning": "20d", "ignore": ["weak-signature"], "levels": {"webhook": "critical"},
                 "maintenance": [{"from": "2026-12-01T20:00:00Z", "to": "2026-12-01T22:00:00Z"}]}""");

        var both = watch.over(owner);

        assertEquals("20d", both.warningMargin().toString());
        assertEquals(Optional.of(Profile.MANUAL), both.profile());
        assertEquals(List.of(FindingCode.WEAK_SIGNATURE), both.ignore(), "lists take the place of lists");
        assertEquals(watch.levels(), both.levels());
        assertEquals(owner.quietHours(), both.quietHours());
        assertEquals(owner.remindEvery(), both.remindEvery());
        assertEquals(owner.escalation(), both.escalation());
        assertEquals(owner.digest(), both.digest());
        assertEquals(Optional.of(7), both.atOnce(new Channel.Email("jane@example.com")));
        assertEquals(2, both.maintenance().size(), "maintenance of both counts");
        assertEquals(both, both.over(owner));
        assertEquals(owner, Policy.NONE.over(owner));
        assertEquals(owner, owner.over(Policy.NONE));
        assertEquals(Optional.of(10), Policy.NONE.atOnce(new Channel.Email("jane@example.com")));
    }

    @Test
    void programsGetAllAtOnceWhateverIsSummedUpForPeople() {
        var policy = Policy.parse("""
                {"digest": {"every": "daily", "at": "08:00", "zone": "UTC"}, "mostAtOnce": 7}""");
        for (var program : List.of(new Channel.Webhook("https://example.com/hook"), new Channel.PagerDuty("on-call"))) {
            assertEquals(Optional.empty(), Policy.NONE.atOnce(program));
            assertEquals(Optional.empty(), policy.atOnce(program));
            assertEquals(Optional.empty(), policy.digest(program, Status.WARNING));
        }
        assertEquals(policy.digest(), policy.digest(new Channel.Slack("ops"), Status.WARNING));
        assertEquals(Optional.empty(), policy.digest(new Channel.Slack("ops"), Status.CRITICAL));
    }

    @Test
    void aChannelsOwnLevelCountsBeforeThatOfItsType() {
        var policy = Policy.parse("""
                {"levels": {"email": "critical", "email:ops@example.com": "warning", "webhook": "unreachable"}}""");

        assertEquals(Status.CRITICAL, policy.leastLevel(new Channel.Email("jane@example.com")));
        assertEquals(Status.WARNING, policy.leastLevel(new Channel.Email("ops@example.com")));
        assertEquals(Status.UNREACHABLE, policy.leastLevel(new Channel.Webhook("https://example.com/hook")));
        assertEquals(Status.WARNING, Policy.NONE.leastLevel(new Channel.Email("jane@example.com")));
    }

    @ParameterizedTest
    @CsvSource({"19:59,-", "20:00,23:30", "21:59,23:30", "22:30,23:30", "23:29,23:30", "23:30,-"})
    void maintenanceWindowsThatOverlapAreOne(String now, String end) {
        var policy = Policy.parse("""
                {"maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T22:00:00Z"},
                                 {"from": "2026-11-21T22:30:00+01:00", "to": "2026-11-21T23:30:00Z"}]}""");

        assertEquals(
                end.equals("-") ? Optional.empty() : Optional.of(Instant.parse("2026-11-21T" + end + ":00Z")),
                policy.maintenanceUntil(Instant.parse("2026-11-21T" + now + ":00Z")));
    }

    @Test
    void aMaintenanceWindowEndsAfterItBegins() {
        assertThrows(InvalidInputException.class, () -> new Maintenance(BEGIN, BEGIN, Optional.empty()));
    }

    @Test
    void ofAStoredPolicyOfANewerVersionTheRestIsRead() {
        assertEquals(Policy.parse("{\"warning\": \"20d\"}"), Json.read(Policy.class, """
                {"future": {"a": [1]}, "warning": "20d"}"""));
        assertEquals("{}", Json.write(Policy.NONE));
        assertEquals(Policy.NONE, Json.read(Policy.class, "{}"));
    }

    private static CertificateReport leaf(Instant notAfter) {
        return new CertificateReport(
                "CN=a", "CN=b", "01", BEGIN, notAfter, List.of("a"), 0, "EC P-256", "SHA256withECDSA", "ab".repeat(32));
    }
}
