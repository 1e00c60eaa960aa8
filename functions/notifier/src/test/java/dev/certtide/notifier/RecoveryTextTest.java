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

/** What people read when trouble is over, or was closed. */
class RecoveryTextTest {
    @Test
    void nothingIsLeftToDo() {
        var text = text(List.of(), Optional.of(leaf(NOW.plus(Duration.ofDays(89)))));
        assertEquals("Resolved: shop.example: all is well again", text.subject());
        assertEquals("""
                shop.example: all is well again. Nothing is left to do.

                It began: 21 November 2026 12:00 UTC, an hour ago
                Certificate: CN=shop.example
                Issued by: CN=R11,O=Let's Encrypt,C=US
                Valid until: 18 February 2027 13:00 UTC, in 89 days
                """, text.body());
    }

    @Test
    void whatWasClosedByHandIsNotCalledWell() {
        var text = text(
                List.of(new Finding(FindingCode.EXPIRED, Status.CRITICAL, "It is so.", List.of())), Optional.empty());
        assertEquals(
                "Resolved: shop.example: closed by hand, though the last check still said: the certificate has expired",
                text.subject());
        assertTrue(text.body().contains("If a later check still finds it, you are told again."), text.body());
    }

    @Test
    void withoutACertificateItSaysNothingOfIt() {
        var text = text(List.of(), Optional.empty());
        assertEquals("""
                shop.example: all is well again. Nothing is left to do.

                It began: 21 November 2026 12:00 UTC, an hour ago
                """, text.body());
    }

    private static MessageText text(List<Finding> findings, Optional<CertificateReport> leaf) {
        return Samples.notice(new Notification(
                        "key",
                        Kind.RECOVERED,
                        new Owner("jane"),
                        JANE,
                        Target.parse("shop.example"),
                        Status.OK,
                        "inc_1",
                        Instant.parse("2026-11-21T12:00:00Z"),
                        NOW,
                        findings,
                        leaf))
                .text();
    }
}
