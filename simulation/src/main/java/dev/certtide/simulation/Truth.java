package dev.certtide.simulation;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.policy.Policy;
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

    /**
     * What is not well is told at least once a day; what is so to some only, and is checked once a day therefore, at least
     * with every second check.
     */
    private static final Duration LATEST = Duration.ofHours(52);

    private final World world;
    private final Trial trial;
    private final Deployment deployment;
    private final Watched watched;

    Truth(World world, Trial trial, Deployment deployment) {
        this.world = world;
        this.trial = trial;
        this.deployment = deployment;
        this.watched = new Watched(world, trial, deployment);
    }

    /** Looks at all that has not changed for long. */
    void audit() {
        watched.audit();
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
            if (isSettled(asked.changedAt())
                    && isSettled(asked.answeredAt())
                    && causes.equals(causes(host, client, now().minus(LATEST)))) {
                audit(host, client, asked.isActive() ? causes : Set.of());
            }
        }
        if (watching.stream()
                .allMatch(
                        client -> isSettled(client.watches().get(host.target()).changedAt()))) {
            auditMark(host, watching);
        }
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
        var listening = watching.stream()
                .filter(client -> client.watches().get(host.target()).isActive())
                .toList();
        if (listening.isEmpty()) {
            return;
        }
        boolean isBad = isBad(host, listening, now());
        if (isBad != isBad(host, listening, now().minus(LATEST))) {
            return;
        }
        var marks = deployment.kit().config().scheduled(List.of(host.target())).stream()
                .map(RecheckDue.Due::incident)
                .toList();
        trial.hold(
                MARKS,
                marks.equals(List.of(isBad)),
                "It is " + (isBad ? "" : "not ") + "in trouble, and the schedule says " + marks,
                host.target().id(),
                "world");
    }

    /** Whether it is to anybody, or by the standard. */
    private boolean isBad(Host host, Collection<Client> listening, Instant at) {
        return world.check(host, at).status() != Status.OK
                || listening.stream()
                        .anyMatch(client -> !causes(host, client, at).isEmpty());
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
    Set<String> causes(Host host, Client client, Instant at) {
        var policy = client.policy(host.target());
        var findings = world.check(host, at).findings();
        boolean isEnding = !policy.ignore().contains(FindingCode.EXPIRING) && isEnding(host, policy, findings, at);
        return Stream.concat(
                        findings.stream()
                                .filter(finding -> finding.code() != FindingCode.EXPIRING)
                                .filter(finding -> !policy.ignore().contains(finding.code()))
                                .map(finding -> cause(host, finding)),
                        isEnding ? Stream.of(Cause.of(host.target()).id()) : Stream.<String>empty())
                .collect(Collectors.toSet());
    }

    /** By the owner's own margins, of the newest certificate; or by the standard, of any other that is served. */
    private static boolean isEnding(Host host, Policy policy, List<Finding> findings, Instant at) {
        boolean isUsual = policy.profile().isEmpty()
                && policy.warning().isEmpty()
                && policy.critical().isEmpty();
        boolean isByStandard = findings.stream().anyMatch(finding -> finding.code() == FindingCode.EXPIRING);
        if (isUsual || host.isSplit() && isByStandard) {
            return isByStandard;
        }
        boolean isSeen = findings.stream()
                .noneMatch(
                        finding -> finding.code() == FindingCode.EXPIRED || finding.severity() == Status.UNREACHABLE);
        var leaf = host.served().leaf();
        return isSeen
                && Duration.between(at, leaf.notAfter())
                                .compareTo(Margins.of(policy).warning(leaf.lifetime()))
                        <= 0;
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

    private Instant now() {
        return world.agenda().instant();
    }
}
