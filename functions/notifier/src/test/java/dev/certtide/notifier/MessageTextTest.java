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

class MessageTextTest {
    @Test
    void anExpiredCertificate() {
        var text = MessageText.of(Samples.notification(JANE));
        assertEquals("Critical: shop.example: expired", text.subject());
        assertEquals("""
                shop.example needs attention (critical).

                - The certificate expired on 19 November 2026. Renew it now. (192.0.2.1:443) [expired]

                Certificate  CN=shop.example
                issued by    CN=R11,O=Let's Encrypt,C=US
                valid until  19 November 2026 12:00 UTC (2 days ago)

                Seen since 21 November 2026 12:55 UTC. You will hear again only when this gets worse or is over.
                """, text.body());
    }

    @Test
    void severalFindingsOnSeveralAddressesAndAPortOfItsOwn() {
        var findings = List.of(
                new Finding(
                        FindingCode.INCOMPLETE_CHAIN,
                        Status.CRITICAL,
                        "The intermediate is not sent. Install the full chain.",
                        List.of("192.0.2.1:8443", "[2001:db8::1]:8443")),
                new Finding(
                        FindingCode.EXPIRING, Status.WARNING, "The certificate ends in 8 days. Renew it.", List.of()));
        var text = MessageText.of(notification(
                "https://shop.example:8443",
                Kind.CHANGED,
                Status.CRITICAL,
                findings,
                Optional.of(leaf(NOW.plus(Duration.ofDays(8))))));
        assertEquals("Critical: shop.example:8443: incomplete chain", text.subject());
        assertEquals("""
                shop.example:8443 needs attention (critical).

                - The intermediate is not sent. Install the full chain. (192.0.2.1:8443, [2001:db8::1]:8443) [incomplete-chain]
                - The certificate ends in 8 days. Renew it. [expiring]

                Certificate  CN=shop.example
                issued by    CN=R11,O=Let's Encrypt,C=US
                valid until  29 November 2026 13:00 UTC (in 8 days)

                Seen since 21 November 2026 12:00 UTC. You will hear again only when this gets worse or is over.
                """, text.body());
    }

    @Test
    void aTargetThatCantBeReached() {
        var findings = List.of(new Finding(
                FindingCode.CONNECTION_REFUSED,
                Status.UNREACHABLE,
                "Nobody listens on this port. Is the server up?",
                List.of("192.0.2.1:443")));
        var text = MessageText.of(
                notification("shop.example", Kind.OPENED, Status.UNREACHABLE, findings, Optional.empty()));
        assertEquals("Unreachable: shop.example: connection refused", text.subject());
        assertEquals("""
                shop.example needs attention (unreachable).

                - Nobody listens on this port. Is the server up? (192.0.2.1:443) [connection-refused]

                Seen since 21 November 2026 12:00 UTC. You will hear again only when this gets worse or is over.
                """, text.body());
    }

    @Test
    void theEndOfTheTrouble() {
        var text = MessageText.of(notification(
                "shop.example",
                Kind.RECOVERED,
                Status.OK,
                List.of(),
                Optional.of(leaf(NOW.plus(Duration.ofDays(89))))));
        assertEquals("Resolved: the certificate of shop.example is fine again", text.subject());
        assertEquals("""
                The trouble with shop.example that began on 21 November 2026 12:00 UTC is over. Nothing is left to do.

                Certificate  CN=shop.example
                issued by    CN=R11,O=Let's Encrypt,C=US
                valid until  18 February 2027 13:00 UTC (in 89 days)
                """, text.body());
    }

    @Test
    void theEndOfTheTroubleWithoutACertificate() {
        var text = MessageText.of(notification("shop.example", Kind.RECOVERED, Status.OK, List.of(), Optional.empty()));
        assertEquals(
                "The trouble with shop.example that began on 21 November 2026 12:00 UTC is over. Nothing is left to do.\n",
                text.body());
    }

    @ParameterizedTest
    @CsvSource({
        "P89DT23H, in 89 days",
        "P2D, in 2 days",
        "PT47H59M, in 47 hours",
        "PT2H, in 2 hours",
        "PT1H59M59S, in 119 minutes",
        "PT10M, in 10 minutes",
        "PT0S, in 0 minutes",
        "PT-90M, 90 minutes ago",
        "PT-30H, 30 hours ago",
        "P-400D, 400 days ago",
    })
    void howFarAwayTheEndIs(Duration distance, String words) {
        var text = MessageText.of(notification(
                "shop.example", Kind.OPENED, Status.WARNING, List.of(), Optional.of(leaf(NOW.plus(distance)))));
        assertTrue(text.body().contains(" (" + words + ")\n"), text.body());
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
