package dev.certtide.simulation;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Predicate;

/**
 * No certificate ends without a warning and a critical before it. Whoever could not be told, because they wanted to be
 * left alone or had said something, or because nobody answered, is passed over: if there was no moment at which it had to
 * have been told.
 */
final class Warned {
    static final String WARNED = "no end without a warning and a critical before it";

    /** What is not well is told at least once a day, and may take a while on its way. */
    private static final Duration LATEST = Duration.ofHours(27);

    private static final Duration STRIDE = Duration.ofMinutes(20);
    private static final Duration TO_TELL = Duration.ofMinutes(45);

    private final World world;
    private final Trial trial;
    private final Hearing hearing;
    private final Providers providers;

    Warned(World world, Trial trial, Hearing hearing, Providers providers) {
        this.world = world;
        this.trial = trial;
        this.hearing = hearing;
        this.providers = providers;
    }

    /** The newest certificate of that host ends this moment. */
    void end(Host host) {
        var leaf = host.served().leaf();
        world.clients().values().stream()
                .filter(client -> client.watches().containsKey(host.target()))
                .filter(client -> !client.policy(host.target()).ignore().contains(FindingCode.EXPIRING))
                .forEach(
                        client -> client.watches().get(host.target()).channels().forEach(channel -> {
                            check(host, leaf, client, channel, Status.WARNING);
                            check(host, leaf, client, channel, Status.CRITICAL);
                        }));
    }

    private void check(Host host, CertificateReport leaf, Client client, Channel channel, Status level) {
        var policy = client.policy(host.target());
        var from = leaf.notAfter().minus(margin(policy, level, leaf.lifetime()));
        var to = level == Status.CRITICAL
                ? leaf.notAfter()
                : leaf.notAfter().minus(margin(policy, Status.CRITICAL, leaf.lifetime()));
        boolean wasBroken = providers.hasRefused(client.owner(), channel, from.minus(Duration.ofDays(1)), to);
        if (policy.leastLevel(channel).compareTo(level) > 0
                || wasBroken
                || !hadChance(host, client, policy, level, from, to)) {
            return;
        }
        var ear = hearing.ear(
                World.ear(client.owner(), channel), Cause.of(host.target()).id());
        var deadline = to.plus(TO_TELL);
        boolean isTold = level == Status.CRITICAL
                ? ear.levels().containsKey(Status.CRITICAL)
                : ear.levels().values().stream().anyMatch(at -> at.isBefore(deadline));
        trial.hold(
                WARNED,
                isTold || ear.isUnsure(),
                "Not told " + level.word() + " between " + from + " and " + to + " to "
                        + World.ear(client.owner(), channel) + ", but " + ear.levels(),
                host.target().id(),
                "world");
    }

    private static Duration margin(Policy policy, Status level, Duration lifetime) {
        var wanted = Margins.of(policy);
        return level == Status.CRITICAL ? wanted.critical(lifetime) : wanted.warning(lifetime);
    }

    private static boolean hadChance(Host host, Client client, Policy policy, Status level, Instant from, Instant to) {
        var asked = client.watches().get(host.target());
        var start = from.isAfter(leafSince(host)) ? from : leafSince(host);
        boolean isDisturbed = !asked.isActive()
                || asked.changedAt().isAfter(start)
                || asked.answeredAt().isAfter(start)
                || host.isSplit();
        if (isDisturbed) {
            return false;
        }
        Predicate<Instant> isCalm = at -> !Calm.isWanted(policy, level, at);
        for (var at = start.plus(LATEST); at.isBefore(to.minus(TO_TELL)); at = at.plus(STRIDE)) {
            var toldAt =
                    policy.digest().filter(digest -> digest.holds(level)).isPresent() ? nextDigest(policy, at) : at;
            if (isCalm.test(at) && host.wasReachable(at.minus(LATEST), at) && toldAt.isBefore(to.minus(TO_TELL))) {
                return true;
            }
        }
        return false;
    }

    private static Instant leafSince(Host host) {
        return host.served().leaf().notBefore();
    }

    private static Instant nextDigest(Policy policy, Instant after) {
        var digest = policy.digest().orElseThrow();
        var date = LocalDate.ofInstant(after, digest.zone());
        for (int i = 0; i <= 8; i++) {
            var day = date.plusDays(i);
            var at = day.atTime(digest.at()).atZone(digest.zone()).toInstant();
            if (at.isAfter(after)
                    && digest.day().map(day.getDayOfWeek()::equals).orElse(true)) {
                return at;
            }
        }
        return after.atOffset(ZoneOffset.UTC).plusDays(9).toInstant();
    }
}
