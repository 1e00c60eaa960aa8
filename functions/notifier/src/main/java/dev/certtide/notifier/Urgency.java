package dev.certtide.notifier;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Headline;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What of all that was found is said first, and by when to act. Pure. */
final class Urgency {
    private Urgency() {}

    /** Of the worst, what turns visitors away today, then what will, then what does neither. */
    static Optional<Finding> foremost(Notification notification) {
        return notification.findings().stream()
                .min(Comparator.comparing(Finding::severity)
                        .reversed()
                        .thenComparing(finding -> isAhead(finding) != (finding.severity() == Status.WARNING)));
    }

    /** Whether it is about a day to come. */
    static boolean isAhead(Finding finding) {
        return switch (finding.code()) {
            case EXPIRING, RENEWAL_OVERDUE, INTERMEDIATE_EXPIRING, CLIENT_AUTH_EKU_REMOVED -> true;
            default -> false;
        };
    }

    /** When the certificate ends that a finding is about, where it is about that and it is the one that is known. */
    static Optional<Instant> end(Finding finding, Notification notification) {
        return switch (finding.code()) {
            case EXPIRED, EXPIRING, RENEWAL_OVERDUE ->
                notification
                        .leaf()
                        .filter(_ -> !isOfOlder(finding, notification))
                        .map(CertificateReport::notAfter)
                        .filter(end -> isAhead(finding) == end.isAfter(notification.at()));
            default -> Optional.empty();
        };
    }

    /**
     * Whether the trouble is that of an older certificate than the one that is known, which is the newest of those that
     * servers behind one name have.
     */
    static boolean isOfOlder(Finding finding, Notification notification) {
        return notification
                .leaf()
                .filter(leaf -> isOfOlder(finding, notification, leaf))
                .isPresent();
    }

    private static boolean isOfOlder(Finding finding, Notification notification, CertificateReport leaf) {
        return switch (finding.code()) {
            case EXPIRED -> leaf.notAfter().isAfter(notification.at());
            // Operators may have the checker warn earlier than everybody, but not call a certificate critical so early.
            case EXPIRING ->
                Policy.NONE.level(leaf, notification.at()) == Status.OK
                        && (finding.severity() == Status.CRITICAL || isSplit(notification))
                        && !finding.addresses().isEmpty();
            default -> false;
        };
    }

    private static boolean isSplit(Notification notification) {
        return notification.findings().stream().anyMatch(one -> one.code() == FindingCode.SPLIT_FLEET);
    }

    /** What to do, in a sentence; without a date. */
    static String act(Notification notification) {
        var first = foremost(notification);
        if (first.map(Finding::code).filter(FindingCode.ADDRESS_BLOCKED::equals).isPresent()) {
            return "Until that changes, it is not watched.";
        }
        return isUrgent(notification, first) ? "Act now." : "Act in the next days.";
    }

    /** By when, and why then; without a date. */
    static String deadline(Notification notification) {
        var first = foremost(notification);
        if (first.map(Finding::code).filter(FindingCode.ADDRESS_BLOCKED::equals).isPresent()) {
            return "when you have time; nothing need be broken, but until then nobody watches it";
        }
        if (!isUrgent(notification, first)) {
            return first.filter(Headline::isPartial).isPresent()
                    ? "in the next days; some visitors wait or fail, the other addresses work"
                    : "in the next days; clients still connect";
        }
        return notification.status() == Status.UNREACHABLE
                ? "now; Certtide could not connect, several times in a row"
                : "now; visitors are turned away";
    }

    private static boolean isUrgent(Notification notification, Optional<Finding> first) {
        return notification.status() != Status.WARNING
                && first.filter(Urgency::isAhead).isEmpty();
    }
}
