package dev.certtide.simulation;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nothing is lost: what is kept agrees with the world, once that has been as it is for long enough. */
final class Truth {
    static final String AGREES = "incidents agree with the world";
    static final String MARKS = "marks agree with the world";

    /** What is not well is told at least once a day, what is well at least as often as it is checked. */
    private static final Duration LATEST = Duration.ofHours(28);

    private final World world;
    private final Trial trial;
    private final Deployment deployment;

    Truth(World world, Trial trial, Deployment deployment) {
        this.world = world;
        this.trial = trial;
        this.deployment = deployment;
    }

    /** Looks at all that has not changed for long. */
    void audit() {
        world.hosts().values().stream()
                .filter(host -> isSettled(host.changedAt()))
                .forEach(this::audit);
    }

    private boolean isSettled(Instant changedAt) {
        return changedAt.isBefore(now().minus(LATEST));
    }

    private void audit(Host host) {
        var watching = world.clients().values().stream()
                .filter(client -> client.watches().containsKey(host.target()))
                .toList();
        for (var client : watching) {
            var asked = client.watches().get(host.target());
            var causes = causes(host, client, now());
            if (!isEager(host, client)
                    && isSettled(asked.changedAt())
                    && isSettled(asked.answeredAt())
                    && causes.equals(causes(host, client, now().minus(LATEST)))) {
                audit(host, client, asked.isActive() ? causes : Set.of());
            }
        }
        boolean isEager = watching.stream().anyMatch(client -> isEager(host, client));
        if (!isEager
                && watching.stream()
                        .allMatch(client ->
                                isSettled(client.watches().get(host.target()).changedAt()))) {
            auditMark(host, watching);
        }
    }

    /** Whether it is early for the checker and not for the owner: then it depends on what else is told. */
    private boolean isEager(Host host, Client client) {
        var leaf = host.served().leaf();
        var left = Duration.between(now(), leaf.notAfter()).minus(LATEST);
        var wanted = Margins.of(client.policy(host.target())).warning(leaf.lifetime());
        var usual = Margins.STANDARD.warning(leaf.lifetime());
        return wanted.compareTo(usual) > 0 && left.compareTo(wanted) <= 0;
    }

    private void audit(Host host, Client client, Set<String> causes) {
        var own = Cause.of(host.target()).id();
        trial.hold(
                AGREES,
                isOpen(client, own) == causes.contains(own),
                "The incident of " + client.owner() + " is " + (isOpen(client, own) ? "open" : "not open")
                        + ", but there is " + causes,
                host.target().id(),
                "world");
        causes.forEach(cause -> trial.hold(
                AGREES,
                isOpen(client, cause),
                "There is no open incident of " + client.owner() + " for " + cause + " of "
                        + host.target().id(),
                host.target().id(),
                "world"));
    }

    private boolean isOpen(Client client, String cause) {
        return deployment
                .kit()
                .incidents()
                .find(client.owner(), cause)
                .filter(Incident::isOpen)
                .isPresent();
    }

    private void auditMark(Host host, Collection<Client> watching) {
        var marked = deployment.kit().config().scheduled(List.of(host.target()));
        boolean isBad = world.check(host).status() != Status.OK;
        boolean wasBad = world.check(host, now().minus(LATEST)).status() != Status.OK;
        if (marked.isEmpty() || isBad != wasBad) {
            boolean isWatched = watching.stream()
                    .anyMatch(client -> client.watches().get(host.target()).isActive());
            trial.hold(
                    MARKS,
                    !(isWatched && marked.isEmpty()),
                    "It is not on the schedule",
                    host.target().id());
            return;
        }
        trial.hold(
                MARKS,
                marked.getFirst().incident() == isBad,
                "It is " + (isBad ? "" : "not ") + "in trouble, but " + (isBad ? "not " : "") + "marked",
                host.target().id(),
                "world");
    }

    /** At the end: no incident of anybody is open, nothing waits. */
    void end() {
        world.clients().values().forEach(client -> {
            var open = deployment.kit().incidents().open(client.owner()).stream()
                    .map(incident -> incident.cause().id() + " since " + incident.since())
                    .toList();
            trial.hold(AGREES, open.isEmpty(), "All is well, but " + open + " of " + client.owner(), names(client));
        });
    }

    private static String[] names(Client client) {
        return Stream.concat(
                        Stream.of(client.owner().id(), "world"),
                        client.watches().keySet().stream().map(target -> target.id()))
                .toArray(String[]::new);
    }

    /** The causes of trouble that one owner has with a host, by their ids. */
    private Set<String> causes(Host host, Client client, Instant at) {
        var policy = client.policy(host.target());
        var findings = world.check(host, at).findings();
        var leaf = host.served().leaf();
        boolean isPast = findings.stream().anyMatch(finding -> finding.code() == FindingCode.EXPIRED);
        boolean isSilent = findings.stream().anyMatch(finding -> finding.severity() == Status.UNREACHABLE);
        boolean isEnding = !isPast
                && !isSilent
                && !policy.ignore().contains(FindingCode.EXPIRING)
                && Duration.between(at, leaf.notAfter())
                                .compareTo(least(
                                        Margins.of(policy).warning(leaf.lifetime()),
                                        Margins.STANDARD.warning(leaf.lifetime())))
                        <= 0;
        return Stream.concat(
                        findings.stream()
                                .filter(finding -> finding.code() != FindingCode.EXPIRING)
                                .filter(finding -> !policy.ignore().contains(finding.code()))
                                .map(finding -> cause(host, finding)),
                        isEnding ? Stream.of(Cause.of(host.target()).id()) : Stream.<String>empty())
                .collect(Collectors.toSet());
    }

    private static String cause(Host host, Finding finding) {
        return switch (finding.code()) {
            case INTERMEDIATE_EXPIRING ->
                Cause.intermediate(host.served().issuer()).id();
            case DISTRUSTED_CA ->
                Cause.authority(host.served().issuer().issuer()).id();
            default -> Cause.of(host.target()).id();
        };
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private Instant now() {
        return world.agenda().instant();
    }
}
