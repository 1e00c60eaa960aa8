package dev.certtide.notifier;

import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A summary in one line: how much of what, and what is worst. Pure. */
final class Sum {
    private Sum() {}

    /** For example {@code 2 critical, 1 warning and 40 more; first of all shop.example: the certificate has expired}. */
    static String of(Notification notification) {
        var counts = new ArrayList<String>();
        var lines = notification.lines();
        count(lines, counts, "critical", is(Status.CRITICAL));
        count(lines, counts, "unreachable", is(Status.UNREACHABLE));
        count(lines, counts, "warning", is(Status.WARNING));
        count(lines, counts, "resolved", Sum::isOver);
        var more = notification.omittedLines() == 0 ? "" : " and " + notification.omittedLines() + " more";
        var first = lines.stream()
                .findFirst()
                .map(line -> "; first of all " + line.target().displayName() + ": "
                        + (isOver(line) ? "fine again" : line.headline()))
                .orElse("");
        return (counts.isEmpty() ? "nothing to tell" : String.join(", ", counts)) + more + first;
    }

    private static Predicate<Notification.Line> is(Status status) {
        return line -> !isOver(line) && line.status() == status;
    }

    private static boolean isOver(Notification.Line line) {
        return line.kind() == Kind.RECOVERED;
    }

    private static void count(
            List<Notification.Line> lines, List<String> counts, String word, Predicate<Notification.Line> which) {
        var count = lines.stream().filter(which).count();
        if (count > 0) {
            counts.add(count + " " + word);
        }
    }
}
