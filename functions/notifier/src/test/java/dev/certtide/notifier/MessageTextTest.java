package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTextTest {
    @Test
    void anExpiredCertificate() {
        var text = Samples.notice(Samples.notification(JANE)).text();
        assertEquals("Critical: shop.example: the certificate expired 2 days ago. Act now.", text.subject());
        assertEquals("""
                shop.example: the certificate expired 2 days ago. Act now.

                What is wrong, and what to do:
                - The certificate expired on 19 November 2026. Renew it now. (192.0.2.1:443) [expired]

                By when: now; visitors are turned away
                First seen: 21 November 2026 12:55 UTC, 5 minutes ago
                Certificate: CN=shop.example
                Issued by: CN=R11,O=Let's Encrypt,C=US
                Valid until: 19 November 2026 12:00 UTC, 2 days ago

                Working on it? Say so, and nothing more is told of it until it gets worse or is over: certtide incidents ack inc_1

                You get this because Certtide watches this site and you were named as somebody to tell. If somebody else looks after it, forward this to them.
                """, text.body());
    }

    /** They knew that it would. */
    @Test
    void whoWasToldThatItWasCriticalReadsThatItHasExpiredNow() {
        var text = text(notification(
                "shop.example",
                Kind.CHANGED,
                Status.CRITICAL,
                List.of(finding(FindingCode.EXPIRED, Status.CRITICAL), finding(FindingCode.WEAK_KEY, Status.CRITICAL)),
                Optional.of(leaf(NOW.minus(Duration.ofMinutes(20))))));
        assertEquals("Now expired: shop.example: the certificate expired 20 minutes ago. Act now.", text.subject());
    }

    @Test
    void severalFindingsOnSeveralAddressesAndAPortOfItsOwn() {
        var findings = List.of(
                new Finding(
                        FindingCode.EXPIRING, Status.WARNING, "The certificate ends in 8 days. Renew it.", List.of()),
                new Finding(
                        FindingCode.OBSOLETE_PROTOCOL,
                        Status.WARNING,
                        "Only TLS 1.0 is offered. Offer TLS 1.2.",
                        List.of("192.0.2.1:8443", "[2001:db8::1]:8443")));
        var text = text(notification(
                "https://shop.example:8443",
                Kind.REMINDER,
                Status.WARNING,
                findings,
                Optional.of(leaf(NOW.plus(Duration.ofDays(8))))));
        assertEquals(
                "Still a warning: shop.example:8443: the certificate expires in 8 days. Act by 29 November 2026 13:00 UTC.",
                text.subject());
        assertEquals("""
                shop.example:8443: the certificate expires in 8 days. Act by 29 November 2026 13:00 UTC.

                What is wrong, and what to do:
                - The certificate ends in 8 days. Renew it. [expiring]
                - Only TLS 1.0 is offered. Offer TLS 1.2. (192.0.2.1:8443, [2001:db8::1]:8443) [obsolete-protocol]

                By when: 29 November 2026 13:00 UTC, in 8 days
                First seen: 21 November 2026 12:00 UTC, an hour ago
                Certificate: CN=shop.example
                Issued by: CN=R11,O=Let's Encrypt,C=US
                Valid until: 29 November 2026 13:00 UTC, in 8 days

                Working on it? Say so, and nothing more is told of it until it gets worse or is over: certtide incidents ack inc_1

                You get this because Certtide watches this site and you were named as somebody to tell. If somebody else looks after it, forward this to them.
                """, text.body());
    }

    @Test
    void aTargetThatCantBeReached() {
        var findings = List.of(new Finding(
                FindingCode.CONNECTION_REFUSED,
                Status.UNREACHABLE,
                "Nobody listens on this port. Is the server up?",
                List.of("192.0.2.1:443")));
        var text = text(notification("shop.example", Kind.ESCALATED, Status.UNREACHABLE, findings, Optional.empty()));
        assertEquals("Escalated, unreachable: shop.example: the server refuses connections. Act now.", text.subject());
        assertEquals("""
                shop.example: the server refuses connections. Act now.

                Nobody has acknowledged this, so you are told as well.

                What is wrong, and what to do:
                - Nobody listens on this port. Is the server up? (192.0.2.1:443) [connection-refused]

                By when: now; Certtide could not connect, several times in a row
                First seen: 21 November 2026 12:00 UTC, an hour ago

                Working on it? Say so, and nothing more is told of it until it gets worse or is over: certtide incidents ack inc_1

                You get this because Certtide watches this site and you were named as somebody to tell. If somebody else looks after it, forward this to them.
                """, text.body());
    }

    @Test
    void whatTurnsVisitorsAwayTodayComesBeforeWhatWillDoSo() {
        var findings = List.of(
                finding(FindingCode.EXPIRING, Status.CRITICAL),
                finding(FindingCode.HOSTNAME_MISMATCH, Status.CRITICAL));
        assertEquals(
                "Critical: shop.example: the certificate is for another name. Act now.",
                subject(Status.CRITICAL, findings, Optional.of(leaf(NOW.plus(Duration.ofDays(6))))));
    }

    @Test
    void aServerThatWasForgottenIsNotToldWithTheDateOfTheOthers() {
        var renewed = Optional.of(leaf(NOW.plus(Duration.ofDays(89))));
        assertEquals(
                "Critical: shop.example: one of its servers still has an old certificate, which has expired. Act now.",
                subject(Status.CRITICAL, List.of(finding(FindingCode.EXPIRED, Status.CRITICAL)), renewed));
        assertEquals(
                "Critical: shop.example: one of its servers still has an old certificate, which is about to expire."
                        + " Act in the next days.",
                subject(Status.CRITICAL, List.of(finding(FindingCode.EXPIRING, Status.CRITICAL)), renewed));
        assertEquals(
                "Warning: shop.example: one of its servers still has an old certificate, which is about to expire."
                        + " Act in the next days.",
                subject(
                        Status.WARNING,
                        List.of(
                                finding(FindingCode.EXPIRING, Status.WARNING),
                                finding(FindingCode.SPLIT_FLEET, Status.WARNING)),
                        renewed));
        assertEquals(
                "Warning: shop.example: the certificate expires in 80 days. Act by 9 February 2027 13:00 UTC.",
                subject(
                        Status.WARNING,
                        List.of(finding(FindingCode.EXPIRING, Status.WARNING)),
                        Optional.of(leaf(NOW.plus(Duration.ofDays(80))))),
                "somebody wants to be warned that early");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CONNECTION_REFUSED | UNREACHABLE | the server refuses connections. Act now.",
                "CONNECTION_REFUSED | WARNING | one of its addresses refuses connections. Act in the next days.",
                "CONNECTION_TIMEOUT | WARNING | one of its addresses does not answer. Act in the next days.",
                "HANDSHAKE_FAILED | WARNING | one of its addresses makes no secure connection. Act in the next days.",
                "ADDRESS_BLOCKED | UNREACHABLE | Certtide may not visit its address. Until that changes, it is not watched.",
                "INTERMEDIATE_EXPIRING | CRITICAL | an intermediate certificate is about to expire. Act in the next days.",
            })
    void nothingIsSaidThatIsNotSo(FindingCode code, Status status, String said) {
        var subject = subject(status, List.of(finding(code, status)), Optional.empty());
        assertTrue(subject.endsWith(": shop.example: " + said), subject);
    }

    @Test
    void aCertificateWithoutASubjectIsNamedByItsFirstName() {
        var leaf = leaf(NOW.plus(Duration.ofDays(8)));
        var unnamed = new CertificateReport(
                "",
                leaf.issuer(),
                leaf.serialNumber(),
                leaf.notBefore(),
                leaf.notAfter(),
                leaf.names(),
                0,
                leaf.keyAlgorithm(),
                leaf.signatureAlgorithm(),
                leaf.sha256());
        var body = text(notification(
                        "shop.example",
                        Kind.OPENED,
                        Status.WARNING,
                        List.of(finding(FindingCode.EXPIRING, Status.WARNING)),
                        Optional.of(unnamed)))
                .body();
        assertTrue(body.contains("Certificate: shop.example\n"), body);
        assertTrue(body.contains("Valid until: 29 November 2026 13:00 UTC, in 8 days\n"), body);
    }

    private static Finding finding(FindingCode code, Status severity) {
        return new Finding(code, severity, "It is so.", List.of("192.0.2.1:443"));
    }

    private static String subject(Status status, List<Finding> findings, Optional<CertificateReport> leaf) {
        return text(notification("shop.example", Kind.OPENED, status, findings, leaf))
                .subject();
    }

    @Test
    void aTestSaysThatNothingIsWrong() {
        var text = text(notification("shop.example", Kind.TEST, Status.OK, List.of(), Optional.empty()));
        assertEquals("Test: this channel works", text.subject());
        assertEquals(
                "This is a test of mail to jane@example.com, requested on 21 November 2026 13:00 UTC."
                        + " Nothing is wrong, and there is nothing to do.\n",
                text.body());
    }

    /** Who is woken up reads one line. */
    @ParameterizedTest
    @EnumSource(names = {"OPENED", "CHANGED", "REMINDER", "ESCALATED"})
    void theFirstLineSaysWhoseCertificateWhatIsWrongAndByWhenToAct(Kind kind) {
        var first = text(notification(
                        "shop.example",
                        kind,
                        Status.WARNING,
                        List.of(new Finding(FindingCode.EXPIRING, Status.WARNING, "It ends.", List.of())),
                        Optional.of(leaf(NOW.plus(Duration.ofDays(8))))))
                .body()
                .lines()
                .findFirst()
                .orElseThrow();
        assertEquals("shop.example: the certificate expires in 8 days. Act by 29 November 2026 13:00 UTC.", first);
    }

    @ParameterizedTest
    @CsvSource({
        "P89DT23H, in 89 days",
        "P2D, in 2 days",
        "PT47H59M, in 47 hours",
        "PT2H, in 2 hours",
        "PT1H59M59S, in 119 minutes",
        "PT10M, in 10 minutes",
        "PT30S, in less than a minute",
        "PT0S, just now",
        "PT-90M, 90 minutes ago",
        "PT-30H, 30 hours ago",
        "P-400D, 400 days ago",
    })
    void howFarAwayTheEndIs(Duration distance, String words) {
        var text = text(notification(
                "shop.example", Kind.OPENED, Status.WARNING, List.of(), Optional.of(leaf(NOW.plus(distance)))));
        assertTrue(text.body().contains(", " + words + "\n"), text.body());
    }

    private static MessageText text(Notification notification) {
        return Samples.notice(notification).text();
    }

    private static Notification notification(
            String url, Kind kind, Status status, List<Finding> findings, Optional<CertificateReport> leaf) {
        return new Notification(
                "key",
                kind,
                new Owner("jane"),
                JANE,
                Target.parse(url),
                status,
                "inc_1",
                Instant.parse("2026-11-21T12:00:00Z"),
                NOW,
                findings,
                leaf);
    }
}
