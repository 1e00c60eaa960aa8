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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notifications about one shop. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");
    static final Channel.Email JANE = new Channel.Email("jane@example.com");
    /** The key of Standard Webhooks' own tests. */
    static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    static final Attempt FIRST = new Attempt(1, Duration.ZERO);

    private Samples() {}

    /** In our own words, without a page to acknowledge on. */
    static Notice notice(Notification notification) {
        var facts = Facts.of(notification, Links.NONE);
        return new Notice(notification, facts, MessageText.of(facts));
    }

    static Notification notification(Channel channel) {
        return notification(channel, "inc_1#jane#critical#0123");
    }

    /** The same about another host. */
    static Notification about(String host) {
        var trouble = notification(JANE);
        return new Notification(
                trouble.key(),
                trouble.kind(),
                trouble.owner(),
                trouble.channel(),
                Target.parse(host),
                trouble.status(),
                trouble.incident(),
                trouble.since(),
                trouble.at(),
                trouble.findings(),
                trouble.leaf());
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

    /** One intermediate behind many hosts. */
    static Notification ofMany() {
        var finding = new Finding(
                FindingCode.INTERMEDIATE_EXPIRING,
                Status.WARNING,
                "The intermediate certificate ends in 9 days. Install the new one of your authority.",
                List.of());
        return with(
                Kind.OPENED,
                Status.WARNING,
                List.of(finding),
                List.of(Target.parse("www.example"), Target.parse("https://mail.example:993")),
                40,
                List.of(),
                0);
    }

    /** More than anybody wants to be told one by one. */
    static Notification summary() {
        var since = NOW.minusSeconds(3600);
        return with(
                Kind.SUMMARY,
                Status.CRITICAL,
                List.of(),
                List.of(),
                0,
                List.of(
                        line("shop.example", Kind.OPENED, Status.CRITICAL, "the certificate has expired", since),
                        line("www.example", Kind.REMINDER, Status.WARNING, "the certificate is about to expire", since),
                        line("mail.example", Kind.RECOVERED, Status.OK, "the server does not answer", since)),
                9997);
    }

    private static Notification.Line line(String host, Kind kind, Status status, String headline, Instant since) {
        return new Notification.Line(Target.parse(host), kind, status, headline, since);
    }

    private static Notification with(
            Kind kind,
            Status status,
            List<Finding> findings,
            List<Target> others,
            int omittedOthers,
            List<Notification.Line> lines,
            int omittedLines) {
        return new Notification(
                "key",
                kind,
                new Owner("jane"),
                JANE,
                Target.parse("shop.example"),
                status,
                "inc_1",
                NOW.minusSeconds(300),
                NOW,
                findings,
                Optional.empty(),
                others,
                omittedOthers,
                lines,
                omittedLines,
                List.of(),
                Optional.empty());
    }

    /** The same with other channels to fall back upon. */
    static Notification withFallbacks(Notification notification, Channel... fallbacks) {
        return new Notification(
                notification.key(),
                notification.kind(),
                notification.owner(),
                notification.channel(),
                notification.target(),
                notification.status(),
                notification.incident(),
                notification.since(),
                notification.at(),
                notification.findings(),
                notification.leaf(),
                List.of(),
                0,
                List.of(),
                0,
                List.of(fallbacks),
                Optional.empty());
    }

    /** The same, which others are told themselves. */
    static Notification alsoTold(Notification notification, Channel... others) {
        return with(notification, List.of(others), 0, Optional.empty());
    }

    /** The same, of an alarm that follows so many which were acknowledged. */
    static Notification alarm(Notification notification, int alarm) {
        return with(notification, List.of(), alarm, Optional.empty());
    }

    /** That another channel does not work. */
    static Notification broken(Channel channel, Channel other) {
        return with(
                withNote(notification(channel, Kind.CHANNEL_BROKEN), "Slack (ops) answered 404 no_service"),
                List.of(),
                0,
                Optional.of(other));
    }

    private static Notification withNote(Notification notification, String note) {
        return withFallbacks(notification).over(notification.channel(), note);
    }

    private static Notification with(
            Notification notification, List<Channel> alsoTold, int alarm, Optional<Channel> broken) {
        return new Notification(
                notification.key(),
                notification.kind(),
                notification.owner(),
                notification.channel(),
                notification.target(),
                notification.status(),
                notification.incident(),
                notification.since(),
                notification.at(),
                notification.findings(),
                notification.leaf(),
                notification.others(),
                notification.omittedOthers(),
                notification.lines(),
                notification.omittedLines(),
                notification.fallbacks(),
                notification.note(),
                alsoTold,
                alarm,
                broken);
    }

    /** The trouble of {@link #notification} as another kind of notification about it. */
    static Notification notification(Channel channel, Kind kind) {
        var trouble = notification(channel);
        var over = kind == Kind.RECOVERED || kind == Kind.TEST || kind == Kind.CHANNEL_BROKEN;
        return new Notification(
                trouble.key() + "#" + kind.word(),
                kind,
                trouble.owner(),
                channel,
                trouble.target(),
                over ? Status.OK : trouble.status(),
                trouble.incident(),
                trouble.since(),
                trouble.at(),
                over ? List.of() : trouble.findings(),
                kind == Kind.RECOVERED ? Optional.of(leaf(Instant.parse("2027-02-18T13:00:00Z"))) : trouble.leaf());
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
