package dev.certtide.notifier;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Finding;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What people read: what is wrong, since when, by when, what to do. Pure.
 *
 * @param subject one line
 * @param body plain text
 */
record MessageText(String subject, String body) {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static MessageText of(Notification notification) {
        return new MessageText(subject(notification), body(notification));
    }

    private static String subject(Notification notification) {
        var site = notification.target().displayName();
        return switch (notification.kind()) {
            case RECOVERED -> "Resolved: the certificate of " + site + " is fine again";
            case OPENED, CHANGED, REMINDER, ESCALATED, SUMMARY, TEST -> word(notification.status()) + ": " + site + ": " + headline(notification);
        };
    }

    private static String headline(Notification notification) {
        return notification.findings().stream()
                .findFirst()
                .map(finding -> finding.code().code().replace('-', ' '))
                .orElse("needs attention");
    }

    private static String body(Notification notification) {
        var since = UTC.format(notification.since());
        var certificate = notification
                .leaf()
                .map(leaf -> certificate(leaf, notification.at()))
                .orElse("");
        var site = notification.target().displayName();
        if (notification.kind() == Notification.Kind.RECOVERED) {
            return "The trouble with %s that began on %s is over. Nothing is left to do.\n%s"
                    .formatted(site, since, certificate);
        }
        var findings = notification.findings().stream().map(MessageText::line).collect(Collectors.joining());
        return """
                %s needs attention (%s).

                %s%s
                Seen since %s. You will hear again only when this gets worse or is over.
                """.formatted(site, word(notification.status()).toLowerCase(Locale.ROOT), findings, certificate, since);
    }

    private static String line(Finding finding) {
        var where = finding.addresses().isEmpty() ? "" : " (" + String.join(", ", finding.addresses()) + ")";
        return "- " + finding.detail() + where + " [" + finding.code().code() + "]\n";
    }

    private static String certificate(CertificateReport leaf, Instant now) {
        return """

                Certificate  %s
                issued by    %s
                valid until  %s (%s)
                """.formatted(
                        leaf.subject(), leaf.issuer(), UTC.format(leaf.notAfter()), distance(now, leaf.notAfter()));
    }

    private static String distance(Instant now, Instant then) {
        var between = Duration.between(now, then);
        var amount = amount(between.abs());
        return between.isNegative() ? amount + " ago" : "in " + amount;
    }

    /** In the largest unit of which there are two at least: rounded down, so that nobody thinks there is more time. */
    private static String amount(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        return duration.toHours() >= 2 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }

    private static String word(Status status) {
        return switch (status) {
            case OK -> "OK";
            case WARNING -> "Warning";
            case CRITICAL -> "Critical";
            case UNREACHABLE -> "Unreachable";
        };
    }
}
