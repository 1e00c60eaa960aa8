package dev.certtide.notifier;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notifications about one shop. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");
    static final Channel.Email JANE = new Channel.Email("jane@example.com");
    /** The key of Standard Webhooks' own tests. */
    static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Samples() {}

    static Notification notification(Channel channel) {
        return notification(channel, "inc_1#jane#critical#0123");
    }

    static Notification notification(Channel channel, String key) {
        var finding = new Finding(
                FindingCode.EXPIRED,
                Status.CRITICAL,
                "The certificate expired on 19 November 2026. Renew it now.",
                List.of("192.0.2.1:443"));
        return new Notification(
                key,
                Kind.OPENED,
                new Owner("jane"),
                channel,
                Target.parse("shop.example"),
                Status.CRITICAL,
                "inc_1",
                NOW.minusSeconds(300),
                NOW,
                List.of(finding),
                Optional.of(leaf(Instant.parse("2026-11-19T12:00:00Z"))));
    }

    static CertificateReport leaf(Instant notAfter) {
        return new CertificateReport(
                "CN=shop.example",
                "CN=R11,O=Let's Encrypt,C=US",
                "01",
                notAfter.minusSeconds(90 * 86_400),
                notAfter,
                List.of("shop.example"),
                0,
                "EC P-256",
                "SHA256withECDSA",
                "ab".repeat(32));
    }
}
