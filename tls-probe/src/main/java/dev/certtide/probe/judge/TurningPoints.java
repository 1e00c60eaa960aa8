package dev.certtide.probe.judge;

import dev.certtide.model.history.Known;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.revocation.Staple;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The instants at which a verdict may become another while the facts stay the same: dates of certificates, of those above
 * them, of revocation lists and stapled answers, thresholds, and the day from which on a renewal is overdue. Rather one
 * too many than one too few: whatever has a date has a turning point, whether a rule looks at it or not.
 */
final class TurningPoints {
    /** Rules compare whole seconds, some including the end and some not. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final TrustAnchors anchors;
    private final ExpiryThresholds thresholds;
    private final RenewalRules renewals;

    TurningPoints(TrustAnchors anchors, ExpiryThresholds thresholds) {
        this.anchors = anchors;
        this.thresholds = thresholds;
        this.renewals = new RenewalRules(thresholds);
    }

    /**
     * Until when a verdict of {@code now} without findings holds by time alone.
     *
     * @return at most {@code latest}; {@code now} or before, if it does not hold at all
     */
    Instant next(HostFacts.Visited visited, Evidence evidence, Known known, Instant now, Instant latest) {
        try {
            return all(visited, evidence, known)
                    .filter(point -> point.isAfter(now.minus(MARGIN)))
                    .map(point -> point.minus(MARGIN))
                    .reduce(latest, (one, other) -> one.isBefore(other) ? one : other);
        } catch (MalformedDerException e) {
            // What cannot be read has no dates that could be told.
            return now;
        }
    }

    private Stream<Instant> all(HostFacts.Visited visited, Evidence evidence, Known known) {
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        visited.addresses().forEach(address -> certificates.addAll(address.chain()));
        evidence.issuers().forEach(issuer -> certificates.add(issuer.certificate()));
        List<X509Certificate> roots = certificates.stream()
                .flatMap(certificate -> anchors.endsOfPathsWith(certificate.getIssuerX500Principal()).stream())
                .toList();
        certificates.addAll(roots);
        return Stream.of(
                        certificates.stream().flatMap(this::ofCertificate),
                        evidence.lists().stream().flatMap(TurningPoints::ofList),
                        visited.addresses().stream().flatMap(TurningPoints::ofStaple),
                        known.habit().stream().flatMap(habit -> ofHabit(visited, habit)))
                .flatMap(points -> points);
    }

    private Stream<Instant> ofCertificate(X509Certificate certificate) {
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        return Stream.concat(Stream.of(notBefore, notAfter), thresholds.crossings(notBefore, notAfter));
    }

    private static Stream<Instant> ofList(RevocationList list) {
        return Stream.concat(Stream.of(list.thisUpdate()), list.nextUpdate().stream());
    }

    private static Stream<Instant> ofStaple(AddressFacts address) {
        return address.handshake().stapled().stream().flatMap(Staple::turningPoints);
    }

    private Stream<Instant> ofHabit(HostFacts.Visited visited, RenewalHabit habit) {
        return visited.byLeaf().keySet().stream().map(leaf -> {
            Instant notAfter = leaf.getNotAfter().toInstant();
            Duration lifetime =
                    Duration.between(leaf.getNotBefore().toInstant(), notAfter).plusSeconds(1);
            return lifetime.isPositive() ? notAfter.minus(renewals.overdueLeft(lifetime, habit)) : notAfter;
        });
    }
}
