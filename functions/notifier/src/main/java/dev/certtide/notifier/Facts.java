package dev.certtide.notifier;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Headline;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What there is to say, in words. Pure. Texts are made of nothing else, ours and the owners' own, so nothing else can get
 * into them.
 *
 * @param alert how bad it is and why it is told, for example {@code Still critical}
 * @param host whose certificate, and how many others
 * @param problem what is wrong, in a few words
 * @param act by when to act, in a sentence
 * @param deadline the same with its reason
 * @param since when it began
 * @param findings what was found, worst first
 * @param others further hosts with the same trouble; may be empty
 * @param certificate what was served
 * @param acknowledge by what to say that somebody is at it; only of trouble that lasts
 * @param note a sentence to add
 */
record Facts(
        Notification notification,
        String alert,
        String host,
        String problem,
        String act,
        String deadline,
        String since,
        List<Finding> findings,
        String others,
        Optional<CertificateReport> certificate,
        Optional<String> acknowledge,
        Optional<String> note) {
    static Facts of(Notification notification, Links links) {
        var troubled = isTrouble(notification.kind());
        var due = due(notification);
        return new Facts(
                notification,
                alert(notification),
                host(notification),
                problem(notification),
                act(notification, due),
                troubled
                        ? due.map(end -> Moment.seenFrom(notification.at(), end))
                                .orElseGet(() -> Urgency.deadline(notification))
                        : "",
                Moment.seenFrom(notification.at(), notification.since()),
                notification.findings(),
                others(notification),
                notification.leaf(),
                troubled ? Optional.of(links.acknowledgement(notification)) : Optional.empty(),
                notification.note());
    }

    private static String act(Notification notification, Optional<Instant> due) {
        if (notification.kind() == Kind.CHANNEL_BROKEN) {
            return Mending.of(channel(notification), notification.owner());
        }
        if (notification.kind() == Kind.RECOVERED) {
            return notification.findings().isEmpty()
                    ? "Nothing is left to do."
                    : "If a later check still finds it, you are told again.";
        }
        return isTrouble(notification.kind())
                ? due.map(end -> "Act by " + Moment.at(end) + ".").orElseGet(() -> Urgency.act(notification))
                : "";
    }

    private static Channel channel(Notification notification) {
        return notification.broken().orElse(notification.channel());
    }

    /** Whether something is wrong, of which somebody can say that they are at it. */
    static boolean isTrouble(Kind kind) {
        return switch (kind) {
            case OPENED, CHANGED, REMINDER, ESCALATED -> true;
            case RECOVERED, ACKNOWLEDGED, SUMMARY, CHANNEL_BROKEN, TEST -> false;
        };
    }

    private static String alert(Notification notification) {
        var word = word(notification.status());
        var small = word.toLowerCase(Locale.ROOT);
        return switch (notification.kind()) {
            case OPENED -> word;
            case CHANGED -> "Now " + (isExpired(notification) ? "expired" : small);
            case REMINDER -> "Still " + (notification.status() == Status.WARNING ? "a warning" : small);
            case ESCALATED -> "Escalated, " + small;
            case RECOVERED -> "Resolved";
            case ACKNOWLEDGED -> "Acknowledged";
            case SUMMARY -> "Summary";
            case CHANNEL_BROKEN -> "Broken channel";
            case TEST -> "Test";
        };
    }

    /** It was critical before, mostly: what is new is that it has happened. */
    private static boolean isExpired(Notification notification) {
        return Urgency.foremost(notification)
                .filter(finding -> finding.code() == FindingCode.EXPIRED)
                .isPresent();
    }

    private static String host(Notification notification) {
        var more = notification.others().size() + notification.omittedOthers();
        return notification.target().displayName() + (more == 0 ? "" : " and " + more + " more");
    }

    private static String problem(Notification notification) {
        return switch (notification.kind()) {
            case RECOVERED ->
                Urgency.foremost(notification)
                        .map(finding -> "closed by hand, though the last check still said: " + Headline.of(finding))
                        .orElse("all is well again");
            case TEST -> "nothing is wrong";
            case SUMMARY -> Sum.of(notification);
            case CHANNEL_BROKEN -> channel(notification).displayName() + " does not work";
            case OPENED, CHANGED, REMINDER, ESCALATED, ACKNOWLEDGED ->
                Urgency.foremost(notification)
                        .map(finding -> problem(finding, notification))
                        .orElse("it needs attention");
        };
    }

    private static String problem(Finding finding, Notification notification) {
        if (Urgency.isOfOlder(finding, notification)) {
            return Headline.ofOlder(finding);
        }
        return Urgency.end(finding, notification)
                .map(end -> Headline.of(finding, Moment.distance(notification.at(), end)))
                .orElseGet(() -> Headline.of(finding));
    }

    /** The end of the certificate, if that is what it is about and it lies ahead. */
    private static Optional<Instant> due(Notification notification) {
        return Urgency.foremost(notification)
                .filter(Urgency::isAhead)
                .flatMap(finding -> Urgency.end(finding, notification));
    }

    private static String others(Notification notification) {
        var named = notification.others().stream()
                .map(target -> target.displayName())
                .collect(Collectors.joining(", "));
        return notification.omittedOthers() == 0 ? named : named + " and " + notification.omittedOthers() + " more";
    }

    static String word(Status status) {
        return switch (status) {
            case OK -> "OK";
            case WARNING -> "Warning";
            case CRITICAL -> "Critical";
            case UNREACHABLE -> "Unreachable";
        };
    }

    /** Where it was found, in brackets; nothing when it concerns the name as a whole. */
    static String where(Finding finding) {
        return finding.addresses().isEmpty() ? "" : " (" + String.join(", ", finding.addresses()) + ")";
    }

    /** The closed set of what templates may say. */
    Map<String, Object> variables() {
        var all = new LinkedHashMap<String, Object>();
        all.put("alert", alert);
        all.put("severity", word(notification.status()).toLowerCase(Locale.ROOT));
        all.put("kind", notification.kind().word());
        all.put("host", host);
        all.put("target", notification.target().id());
        all.put("owner", notification.owner().id());
        all.put("channel", notification.channel().displayName());
        all.put("incident", notification.incident());
        all.put("problem", problem);
        all.put("act", act);
        all.put("deadline", deadline);
        all.put("since", since);
        all.put("at", Moment.at(notification.at()));
        all.put("others", others);
        all.put("certificate", certificate.map(Facts::subject).orElse(""));
        all.put("issuer", certificate.map(CertificateReport::issuer).orElse(""));
        all.put(
                "validUntil",
                certificate
                        .map(leaf -> Moment.seenFrom(notification.at(), leaf.notAfter()))
                        .orElse(""));
        all.put("acknowledge", acknowledge.orElse(""));
        all.put("note", note.orElse(""));
        all.put("more", notification.omittedLines() == 0 ? "" : Integer.toString(notification.omittedLines()));
        all.put(
                "findings",
                findings.stream()
                        .map(finding -> Map.of(
                                "detail", finding.detail(),
                                "where", where(finding),
                                "code", finding.code().code()))
                        .toList());
        all.put("lines", notification.lines().stream().map(this::line).toList());
        return all;
    }

    /** Certificates need no subject; the names are in the extension then (RFC 5280, 4.2.1.6). */
    private static String subject(CertificateReport leaf) {
        return leaf.subject().isBlank() ? leaf.names().stream().findFirst().orElse("without a name") : leaf.subject();
    }

    private Map<String, String> line(Notification.Line line) {
        var over = line.kind() == Kind.RECOVERED;
        return Map.of(
                "lineHost",
                line.target().displayName(),
                "lineProblem",
                over ? "fine again (was: " + line.headline() + ")" : line.headline(),
                "lineSeverity",
                over ? "Resolved" : word(line.status()),
                "lineSince",
                Moment.seenFrom(notification.at(), line.since()));
    }
}
