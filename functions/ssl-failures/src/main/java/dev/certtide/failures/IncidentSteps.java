package dev.certtide.failures;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an incident goes on. Pure: the same incident and change give the same step. */
final class IncidentSteps {
    /** What comes back within that time was not over. */
    static final Duration FLAPPING = Duration.ofHours(1);

    private IncidentSteps() {}

    /** What can happen to an incident. */
    sealed interface Change {
        /**
         * A target has the trouble.
         *
         * @param target which
         * @param level how bad it is there
         * @param findings what was found there
         * @param leaf the certificate it serves
         * @param channels how its owner wants to hear of it
         * @param at when it was seen first
         */
        record Seen(
                Target target,
                Status level,
                List<Finding> findings,
                Optional<CertificateReport> leaf,
                List<Channel> channels,
                Instant at)
                implements Change {}

        /**
         * No target has it any more.
         *
         * @param isAbandoned whether that is because its owner does not watch the last one any more
         * @param leaf the certificate that is served now
         * @param at when it was seen
         */
        record Gone(boolean isAbandoned, Optional<CertificateReport> leaf, Instant at) implements Change {}

        /** A person said something. */
        record Answered(Incident.Answer answer) implements Change {}

        /** Nothing is left to tell. */
        record Closed() implements Change {}
    }

    /** The incident after {@code change}, which may be the same; empty if there is none still. */
    static Optional<Incident> next(Optional<Incident> current, Owner owner, Cause cause, Change change) {
        return switch (change) {
            case Change.Seen seen ->
                Optional.of(
                        current.map(incident -> seen(incident, seen)).orElseGet(() -> open(owner, cause, seen, "")));
            case Change.Gone gone -> current.map(incident -> gone(incident, gone));
            case Change.Answered answered -> current.map(incident -> answered(incident, answered.answer()));
            case Change.Closed _ ->
                current.map(incident -> with(incident, incident.answer(), incident.resolvedAt(), !incident.isOpen()));
        };
    }

    /** Not reachable and refused by clients are equally bad. */
    static int gravity(Status status) {
        return switch (status) {
            case OK -> 0;
            case WARNING -> 1;
            case CRITICAL, UNREACHABLE -> 2;
        };
    }

    /** @param before what tells it from an earlier one of the same trouble, if there was one */
    private static Incident open(Owner owner, Cause cause, Change.Seen seen, String before) {
        return new Incident(
                "inc_" + Fingerprint.shortOf(owner + " " + cause.id() + " " + seen.at() + before),
                owner,
                cause,
                seen.level(),
                seen.at(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                seen.target(),
                seen.findings(),
                seen.leaf(),
                limited(seen.channels()),
                Steps.isExpired(seen.findings()));
    }

    private static Incident seen(Incident incident, Change.Seen seen) {
        if (incident.isOpen()) {
            return goOn(incident, seen);
        }
        var end = incident.resolvedAt().orElseThrow();
        if (incident.isClosed() && incident.isAbandoned()) {
            // Who left and comes back was told of the same trouble once, and is told anew.
            return open(incident.owner(), incident.cause(), seen, " " + end);
        }
        boolean isSame = !incident.isClosed() || seen.at().isBefore(end.plus(FLAPPING));
        return isSame ? reopen(incident, seen) : open(incident.owner(), incident.cause(), seen, "");
    }

    private static Incident reopen(Incident incident, Change.Seen seen) {
        return new Incident(
                incident.id(),
                incident.owner(),
                incident.cause(),
                seen.level(),
                incident.openedAt(),
                Optional.of(
                        seen.at().isAfter(incident.resolvedAt().orElseThrow())
                                ? seen.at()
                                : incident.resolvedAt().get()),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                seen.target(),
                seen.findings(),
                seen.leaf(),
                limited(seen.channels()),
                Steps.isExpired(seen.findings()));
    }

    private static Incident goOn(Incident incident, Change.Seen seen) {
        boolean isShared = incident.cause().target().isEmpty();
        var level = isShared && gravity(incident.level()) >= gravity(seen.level()) ? incident.level() : seen.level();
        boolean isExpired = incident.isExpired() || !isShared && Steps.isExpired(seen.findings());
        boolean isWorse = gravity(level) > gravity(incident.level()) || isExpired && !incident.isExpired();
        return new Incident(
                incident.id(),
                incident.owner(),
                incident.cause(),
                level,
                incident.openedAt(),
                incident.reopenedAt(),
                Optional.empty(),
                isWorse ? Optional.empty() : incident.answer(),
                false,
                false,
                isShared && !isWorse ? incident.target() : seen.target(),
                isShared && !isWorse ? incident.findings() : seen.findings(),
                isShared && !isWorse ? incident.leaf() : seen.leaf(),
                isShared ? Sharing.joined(incident.channels(), seen.channels()) : limited(seen.channels()),
                isExpired);
    }

    /**
     * An incident as of one of the targets that have it: the one that it is about, unless that has left. Of another one
     * nothing more is known here.
     *
     * @param members the targets that take part; none when it is over, or about one target
     */
    static Incident about(Incident incident, List<Target> members) {
        if (members.isEmpty() || members.contains(incident.target())) {
            return incident;
        }
        return new Incident(
                incident.id(),
                incident.owner(),
                incident.cause(),
                incident.level(),
                incident.openedAt(),
                incident.reopenedAt(),
                incident.resolvedAt(),
                incident.answer(),
                incident.isAbandoned(),
                incident.isClosed(),
                members.getFirst(),
                incident.findings().stream()
                        .map(finding -> new Finding(finding.code(), finding.severity(), finding.detail(), List.of()))
                        .toList(),
                Optional.empty(),
                incident.channels(),
                incident.isExpired());
    }

    private static Incident gone(Incident incident, Change.Gone gone) {
        if (!incident.isOpen()) {
            return incident;
        }
        return new Incident(
                incident.id(),
                incident.owner(),
                incident.cause(),
                incident.level(),
                incident.openedAt(),
                incident.reopenedAt(),
                Optional.of(gone.at()),
                incident.answer(),
                gone.isAbandoned(),
                false,
                incident.target(),
                incident.findings(),
                // Of many, that of whichever was the last to leave would be shown as that of the one it is about.
                incident.cause().target().isPresent() ? gone.leaf().or(incident::leaf) : Optional.empty(),
                incident.channels(),
                incident.isExpired());
    }

    /** The newest answer counts; one from before the present trouble is of no more use. */
    private static Incident answered(Incident incident, Incident.Answer answer) {
        var isNew = incident.answer()
                .filter(known -> !answer.at().isAfter(known.at()))
                .isEmpty();
        if (!incident.isOpen() || !isNew || answer.at().isBefore(incident.since())) {
            return incident;
        }
        var resolvedAt =
                answer.kind() == Incident.Answer.Kind.RESOLVED ? Optional.of(answer.at()) : Optional.<Instant>empty();
        return with(incident, Optional.of(answer), resolvedAt, false);
    }

    private static Incident with(
            Incident incident, Optional<Incident.Answer> answer, Optional<Instant> resolvedAt, boolean isClosed) {
        return new Incident(
                incident.id(),
                incident.owner(),
                incident.cause(),
                incident.level(),
                incident.openedAt(),
                incident.reopenedAt(),
                resolvedAt,
                answer,
                incident.isAbandoned(),
                isClosed,
                incident.target(),
                incident.findings(),
                incident.leaf(),
                incident.channels(),
                incident.isExpired());
    }

    private static List<Channel> limited(List<Channel> channels) {
        return channels.stream().distinct().limit(Incident.MOST_CHANNELS).toList();
    }
}
