package dev.certtide.simulation;

import dev.certtide.kit.Incidents;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Line;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads from notifications what people get to know by them. */
final class Reading {
    /** What a line says of trouble that many targets may share, and how its cause's id begins. */
    private static final Map<String, String> SHARED = Map.of(
            "an intermediate certificate is about to expire", "intermediate:",
            "the certificate's authority is being distrusted", "authority:");

    private final World world;
    private final Incidents incidents;
    private final Map<String, String> causes = new HashMap<>();

    Reading(World world, Incidents incidents) {
        this.world = world;
        this.incidents = incidents;
    }

    List<Told> of(Notification told) {
        if (told.kind() == Notification.Kind.SUMMARY) {
            // The worst stands first; each says when it began, so that nobody takes what is over for what came after
            // it.
            return told.lines().stream()
                    .sorted(Comparator.comparing(Line::since))
                    .map(line -> line(told, line))
                    .toList();
        }
        var known = Optional.ofNullable(causes.get(told.incident()))
                .or(() -> find(
                        told.owner(), told.target(), incident -> incident.id().equals(told.incident())));
        known.ifPresent(cause -> causes.put(told.incident(), cause));
        return List.of(new Told(
                world.agenda().instant(),
                told.owner(),
                told.channel(),
                told.target(),
                known,
                told.kind(),
                told.status(),
                told.since(),
                told.status() == Status.CRITICAL
                        && told.findings().stream().anyMatch(finding -> finding.code() == FindingCode.EXPIRED),
                false));
    }

    private Told line(Notification summary, Line line) {
        var shared = SHARED.get(line.headline());
        var cause = shared != null
                ? find(
                        summary.owner(),
                        line.target(),
                        incident -> incident.cause().id().startsWith(shared)
                                && incident.since().equals(line.since()))
                : Optional.of(Cause.of(line.target()).id());
        return new Told(
                world.agenda().instant(),
                summary.owner(),
                summary.channel(),
                line.target(),
                cause,
                line.kind(),
                line.status(),
                line.since(),
                line.status() == Status.CRITICAL && line.headline().equals(FindingCode.EXPIRED.code()),
                true);
    }

    private Optional<String> find(Owner owner, Target target, Predicate<Incident> wanted) {
        return Stream.concat(Stream.of(Cause.of(target)), world.sharedCauses().stream())
                .flatMap(cause -> incidents.find(owner, cause.id()).stream())
                .filter(wanted)
                .map(incident -> incident.cause().id())
                .findFirst();
    }
}
