package dev.certtide.model.policy;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
 * @param digest whether to sum up for people instead of telling them one by one
 * @param levels the least level to tell, by channel: its id such as {@code slack:ops}, or its type such as {@code sms}
 * @param mostAtOnce how many messages a channel gets within ten minutes before the rest is summed up, 1 to 1,000; programs
 *     get all
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

    /** How long quiet hours may last without a break: whoever has quiet hours all the time would never hear anything. */
    public static final Duration LONGEST_QUIET = Duration.ofDays(7);

    /** The greatest {@code mostAtOnce}. */
    public static final int GREATEST_AT_ONCE = 1_000;

    private static final int MOST_AT_ONCE = 10;

    // The same figures as the checker's own: docs/findings.md, "expiring".
    private static final Margin.Less WARNING = less(25, 30);
    private static final Margin.Less CRITICAL = less(10, 7);
    // Whoever renews by hand may need a purchase order first.
    private static final Margin.Less MANUAL_WARNING = less(50, 45);
    private static final Margin.Less MANUAL_CRITICAL = less(20, 14);

    public Policy {
        ignore = List.copyOf(ignore);
        quietHours = List.copyOf(quietHours);
        maintenance = List.copyOf(maintenance);
        levels = Map.copyOf(levels);
        if (mostAtOnce.filter(most -> most < 1 || most > GREATEST_AT_ONCE).isPresent()) {
            throw new InvalidInputException("mostAtOnce", "must be 1 to " + GREATEST_AT_ONCE);
        }
    }

    /**
     * Reads what somebody wrote: strictly, since a slip would otherwise be found out when nobody is told.
     *
     * @param text JSON, as {@code docs/policies.md} describes it
     * @throws InvalidInputException with the path of what is wrong, below {@code policy}
     */
    public static Policy parse(String text) {
        return PolicyReader.asked("policy", Json.readTree(text));
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

    /** Whether the owner has margins of its own. */
    public boolean hasMargins() {
        return warning.isPresent() || critical.isPresent() || isManual();
    }

    /** The margin that counts for warnings. */
    public Margin warningMargin() {
        return warning.orElse(isManual() ? MANUAL_WARNING : WARNING);
    }

    /**
     * The margin that counts for critical. Where only that of warnings was given, it is at most half of it, so that there
     * is a warning before it is critical.
     */
    public Margin criticalMargin() {
        var usual = isManual() ? MANUAL_CRITICAL : CRITICAL;
        return critical.orElseGet(() -> warning.<Margin>map(usual::orHalfOf).orElse(usual));
    }

    /**
     * Until when nothing of this level is to be told because of quiet hours, if it is so at {@code now}. Where one quiet
     * time follows upon another, until the end of the last one, but at most for {@link #LONGEST_QUIET}.
     */
    public Optional<Instant> quietUntil(Status level, Instant now) {
        var latest = now.plus(LONGEST_QUIET);
        return lastEnd(now, latest, at -> quietHours.stream()
                        .filter(hours -> !hours.pass(level))
                        .flatMap(hours -> hours.endAt(at).stream()))
                .map(end -> end.isAfter(latest) ? latest : end);
    }

    /** Until when trouble is expected, if it is so at {@code now}: where windows overlap, until the end of the last. */
    public Optional<Instant> maintenanceUntil(Instant now) {
        return lastEnd(now, Instant.MAX, at -> maintenance.stream().flatMap(window -> window.endAt(at).stream()));
    }

    private static Optional<Instant> lastEnd(Instant now, Instant latest, Function<Instant, Stream<Instant>> ends) {
        var end = ends.apply(now).max(Instant::compareTo);
        return end.isPresent() && end.get().isBefore(latest)
                ? lastEnd(end.get(), latest, ends).or(() -> end)
                : end;
    }

    /** The least level that is told over a channel: its own before that of its type. */
    public Status leastLevel(Channel channel) {
        var type = channel.id().split(":", 2)[0];
        return levels.getOrDefault(channel.id(), levels.getOrDefault(type, Status.WARNING));
    }

    /**
     * How many messages a channel gets within ten minutes; none said: all. Programs get all, whatever the owner says: of a
     * summary they could not tell which alert it begins or ends.
     */
    public Optional<Integer> atOnce(Channel channel) {
        return channel.isProgram() ? Optional.empty() : mostAtOnce.or(() -> Optional.of(MOST_AT_ONCE));
    }

    /** By which summary a message of this level is told over a channel, if by any. Programs get each by itself. */
    public Optional<Digest> digest(Channel channel, Status level) {
        return digest.filter(summary -> !channel.isProgram() && summary.holds(level));
    }

    private boolean isManual() {
        return profile.filter(Profile.MANUAL::equals).isPresent();
    }

    private static Margin.Less less(int percent, int days) {
        return new Margin.Less(new Margin.Share(percent), new Margin.Left(new Interval(Duration.ofDays(days))));
    }
}
