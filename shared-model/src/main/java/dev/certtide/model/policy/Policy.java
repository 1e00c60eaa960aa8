package dev.certtide.model.policy;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an owner wants to be told, when, and where. What is absent or empty is as {@link #over another policy} has it, or
 * as it is for everybody.
 *
 * @param profile how certificates are renewed; {@link Profile#AUTOMATIC} unless told otherwise
 * @param warning how much time is left when an ending certificate is a warning
 * @param critical how much time is left when it is critical
 * @param ignore findings of which the owner wants to hear nothing
 * @param remindEvery how often to remind of what lasts and nobody acknowledges
 * @param escalation who else hears of it
 * @param quietHours when to be quiet
 * @param maintenance when trouble is expected
 * @param digest whether to sum up instead of telling one by one
 * @param levels the least level to tell, by channel: its id such as {@code slack:ops}, or its type such as {@code sms}
 * @param mostAtOnce how many messages a channel gets within ten minutes before the rest is summed up, 1 to 1,000
 */
public record Policy(
        Optional<Profile> profile,
        Optional<Margin> warning,
        Optional<Margin> critical,
        List<FindingCode> ignore,
        Optional<Interval> remindEvery,
        Optional<Escalation> escalation,
        List<QuietHours> quietHours,
        List<Maintenance> maintenance,
        Optional<Digest> digest,
        Map<String, Status> levels,
        Optional<Integer> mostAtOnce) {
    /** Nothing said. */
    public static final Policy NONE = new Policy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty());

    private static final int MOST_AT_ONCE = 5;

    // The same figures as the checker's own: docs/findings.md, "expiring".
    private static final Margin WARNING = less(25, 30);
    private static final Margin CRITICAL = less(10, 7);
    // Whoever renews by hand may need a purchase order first.
    private static final Margin MANUAL_WARNING = less(50, 45);
    private static final Margin MANUAL_CRITICAL = less(20, 14);

    public Policy {
        ignore = List.copyOf(ignore);
        quietHours = List.copyOf(quietHours);
        maintenance = List.copyOf(maintenance);
        levels = Map.copyOf(new TreeMap<>(levels));
    }

    /** This policy, and where it says nothing, the other. Maintenance of both counts. */
    public Policy over(Policy other) {
        return new Policy(
                profile.or(other::profile),
                warning.or(other::warning),
                critical.or(other::critical),
                ignore.isEmpty() ? other.ignore : ignore,
                remindEvery.or(other::remindEvery),
                escalation.or(other::escalation),
                quietHours.isEmpty() ? other.quietHours : quietHours,
                Stream.concat(maintenance.stream(), other.maintenance.stream())
                        .distinct()
                        .toList(),
                digest.or(other::digest),
                levels.isEmpty() ? other.levels : levels,
                mostAtOnce.or(other::mostAtOnce));
    }

    /**
     * How bad it is, at {@code now}, that a certificate will end: {@link Status#OK}, {@link Status#WARNING} or
     * {@link Status#CRITICAL}. One that has ended is critical too.
     */
    public Status level(CertificateReport leaf, Instant now) {
        var left = Duration.between(now, leaf.notAfter());
        if (left.compareTo(criticalMargin().of(leaf.lifetime())) <= 0) {
            return Status.CRITICAL;
        }
        return left.compareTo(warningMargin().of(leaf.lifetime())) <= 0 ? Status.WARNING : Status.OK;
    }

    /** The margin that counts for warnings. */
    public Margin warningMargin() {
        return warning.orElse(isManual() ? MANUAL_WARNING : WARNING);
    }

    /** The margin that counts for critical. */
    public Margin criticalMargin() {
        return critical.orElse(isManual() ? MANUAL_CRITICAL : CRITICAL);
    }

    /** The least level that is told over a channel: its own before that of its type. */
    public Status leastLevel(Channel channel) {
        var type = channel.id().split(":", 2)[0];
        return levels.getOrDefault(channel.id(), levels.getOrDefault(type, Status.WARNING));
    }

    /** How many messages a channel gets within ten minutes. */
    public int atOnce() {
        return mostAtOnce.orElse(MOST_AT_ONCE);
    }

    private boolean isManual() {
        return profile.filter(Profile.MANUAL::equals).isPresent();
    }

    private static Margin less(int percent, int days) {
        return new Margin.Less(new Margin.Share(percent), new Margin.Left(new Interval(Duration.ofDays(days))));
    }
}
